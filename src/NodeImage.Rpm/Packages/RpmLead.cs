using System.Buffers.Binary;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// The first 96 bytes of a package file. Only the magic number, the major version and the kind of signature still mean
/// anything (<c>rpmLeadCheck</c> in rpm's <c>lib/rpmlead.c</c>).
/// </summary>
internal static class RpmLead
{
    /// <summary>The size of a lead.</summary>
    public const int Size = 96;

    private const int SignatureTypeOffset = 78;
    private const int HeaderSignature = 5;

    private static ReadOnlySpan<byte> Magic => [0xed, 0xab, 0xee, 0xdb];

    /// <summary>Checks a lead.</summary>
    /// <param name="lead">What a file begins with.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Check(ReadOnlySpan<byte> lead)
    {
        if (lead.Length < Size || !lead.StartsWith(Magic))
        {
            return "it does not begin as one";
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(lead[SignatureTypeOffset..]) != HeaderSignature)
        {
            return "its signature is of a kind that is no longer read";
        }

        return lead[4] is 3 or 4 ? null : $"its format version is {lead[4]}, not 3 or 4";
    }
}
