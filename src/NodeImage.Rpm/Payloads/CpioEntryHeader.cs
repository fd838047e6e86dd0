using System.Globalization;
using System.Text;

namespace NodeImage.Rpm.Payloads;

/// <summary>
/// Reads the headers of a payload's cpio archive: the ASCII format with eight-digit fields (<c>070701</c>, or
/// <c>070702</c> with checksums, which rpm never looks at), and rpm's own, which is but an index into the file list
/// (<c>07070X</c>). See <c>lib/cpio.c</c> of rpm.
/// </summary>
internal static class CpioEntryHeader
{
    /// <summary>The size of the magic number.</summary>
    public const int MagicSize = 6;

    /// <summary>The bytes after the magic number in the ASCII format.</summary>
    public const int FieldsSize = 104;

    /// <summary>The bytes after the magic number in rpm's own format.</summary>
    public const int IndexSize = 8;

    /// <summary>The longest name that is read, the zero that ends it included.</summary>
    public const int MaxNameSize = 4096;

    private const int FileSizeOffset = 48;
    private const int NameSizeOffset = 88;

    /// <summary>The name of the entry after the last.</summary>
    public static ReadOnlySpan<byte> Trailer => "TRAILER!!!"u8;

    /// <summary>Whether a magic number is that of the ASCII format.</summary>
    /// <param name="magic">Six bytes.</param>
    /// <returns>True when it is.</returns>
    public static bool IsAscii(ReadOnlySpan<byte> magic) => magic.SequenceEqual("070701"u8) || magic.SequenceEqual("070702"u8);

    /// <summary>Whether a magic number is that of rpm's own format.</summary>
    /// <param name="magic">Six bytes.</param>
    /// <returns>True when it is.</returns>
    public static bool IsIndexed(ReadOnlySpan<byte> magic) => magic.SequenceEqual("07070X"u8);

    /// <summary>Reads the two sizes of a header in the ASCII format.</summary>
    /// <param name="fields">The bytes after the magic number.</param>
    /// <param name="fileSize">The size of the content, as the archive has it.</param>
    /// <param name="nameSize">The size of the name, the zero that ends it included.</param>
    /// <returns>Whether the fields are sound.</returns>
    public static bool TryReadSizes(ReadOnlySpan<byte> fields, out uint fileSize, out uint nameSize)
    {
        nameSize = 0;
        return TryReadNumber(fields.Slice(FileSizeOffset, 8), out fileSize)
            && TryReadNumber(fields.Slice(NameSizeOffset, 8), out nameSize)
            && nameSize is > 0 and <= MaxNameSize;
    }

    /// <summary>Reads a field.</summary>
    /// <param name="field">Eight hexadecimal digits.</param>
    /// <param name="number">The number, when the result is true.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadNumber(ReadOnlySpan<byte> field, out uint number) =>
        uint.TryParse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);

    /// <summary>A name as messages show it.</summary>
    /// <param name="name">Its bytes.</param>
    /// <returns>The text.</returns>
    public static string Show(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);
}
