using System.Text;
using System.Text.Unicode;

namespace NodeImage.Rpm.Packages;

/// <summary>Strings of packages. They are UTF-8, but nothing makes old packages keep to it: those are read as Latin-1.</summary>
internal static class RpmText
{
    /// <summary>Decodes a string.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The string.</returns>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>Decodes a path as file lists do: folder and name each by itself.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The string.</returns>
    public static string DecodePath(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var name = bytes.LastIndexOf((byte)'/') + 1;
        return Decode(bytes[..name]) + Decode(bytes[name..]);
    }

    /// <summary>Decodes many strings, most of which are the same as one of the few before: file owners, versions, flags.</summary>
    public ref struct Sequence
    {
        private string? _last;
        private ReadOnlySpan<byte> _lastBytes;

        /// <summary>Decodes a string.</summary>
        /// <param name="bytes">Its bytes, which must stay as they are until the next call.</param>
        /// <returns>The string, the same object as the last one where the bytes are the same.</returns>
        public string Decode(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
            {
                return "";
            }

            if (_last is not null && bytes.SequenceEqual(_lastBytes))
            {
                return _last;
            }

            _last = RpmText.Decode(bytes);
            _lastBytes = bytes;
            return _last;
        }
    }
}
