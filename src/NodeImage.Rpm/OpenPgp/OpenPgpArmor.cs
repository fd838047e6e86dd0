using System.Text;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>Reads the ASCII form of keys and signatures (RFC 9580, section 6).</summary>
internal static class OpenPgpArmor
{
    /// <summary>The block that holds public keys.</summary>
    public const string PublicKeyBlock = "PGP PUBLIC KEY BLOCK";

    /// <summary>The block that holds signatures.</summary>
    public const string SignatureBlock = "PGP SIGNATURE";

    private const uint ChecksumStart = 0xb704ce;
    private const uint ChecksumPolynomial = 0x1864cfb;

    /// <summary>Whether a file is in the ASCII form. One in the binary form begins with a byte that is no ASCII character.</summary>
    /// <param name="content">The file.</param>
    /// <returns>True when it is.</returns>
    public static bool IsArmored(ReadOnlySpan<byte> content) => content.IndexOf("-----BEGIN PGP "u8) >= 0;

    /// <summary>Reads the blocks of one kind.</summary>
    /// <param name="content">The file; text between the blocks is passed over.</param>
    /// <param name="kind">The kind of block.</param>
    /// <returns>The bytes of each block in the file's order, null for one that is malformed.</returns>
    public static IEnumerable<byte[]?> Read(ReadOnlySpan<byte> content, string kind)
    {
        var blocks = new List<byte[]?>();
        var (begin, end) = ($"-----BEGIN {kind}-----", $"-----END {kind}-----");
        using var lines = new StringReader(Encoding.Latin1.GetString(content));
        while (lines.ReadLine() is { } line)
        {
            if (line.TrimEnd() == begin)
            {
                blocks.Add(ReadBlock(lines, end));
            }
        }

        return blocks;
    }

    private static byte[]? ReadBlock(StringReader lines, string end)
    {
        // Headers end at an empty line.
        string? line;
        do
        {
            line = lines.ReadLine();
        }
        while (line?.Contains(':', StringComparison.Ordinal) == true);

        var base64 = new StringBuilder();
        string? checksum = null;
        for (; line is not null && line.TrimEnd() != end; line = lines.ReadLine())
        {
            if (line.StartsWith('='))
            {
                checksum = line[1..].Trim();
            }
            else
            {
                base64.Append(line.Trim());
            }
        }

        return line is null ? null : Decode(base64.ToString(), checksum);
    }

    private static byte[]? Decode(string base64, string? checksum)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return null;
        }

        Array.Resize(ref bytes, length);
        if (checksum is null)
        {
            return bytes;
        }

        Span<byte> sum = stackalloc byte[3];
        return Convert.TryFromBase64String(checksum, sum, out var size) && size == 3
            && ChecksumOf(bytes) == (uint)((sum[0] << 16) | (sum[1] << 8) | sum[2])
            ? bytes
            : null;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = ChecksumStart;
        foreach (var octet in bytes)
        {
            sum ^= (uint)octet << 16;
            for (var i = 0; i < 8; i++)
            {
                sum <<= 1;
                sum ^= (sum & 0x1000000) != 0 ? ChecksumPolynomial : 0;
            }
        }

        return sum & 0xffffff;
    }
}
