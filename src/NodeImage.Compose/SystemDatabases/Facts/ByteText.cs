using System.Text;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>
/// Bytes as text, one character for each: what tools written in C take for text, whatever its encoding is. It comes back
/// byte for byte, and sorts as <c>strcmp</c> does.
/// </summary>
internal static class ByteText
{
    /// <summary>Bytes as text.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A path or a name as the bytes that the file system has.</summary>
    public static string Of(string path) => Ascii.IsValid(path) ? path : Of(Encoding.UTF8.GetBytes(path));

    /// <summary>Text as bytes.</summary>
    public static byte[] ToBytes(string text) => Encoding.Latin1.GetBytes(text);
}
