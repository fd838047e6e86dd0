using System.Buffers.Binary;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>A way to spoil a package.</summary>
/// <param name="Name">What is done to it.</param>
/// <param name="Content">What comes of it.</param>
/// <param name="Codes">The codes that fit.</param>
internal sealed record Tampering(string Name, byte[] Content, params string[] Codes)
{
    private const int LeadSize = 96;
    private const int MagicSize = 8;
    private const int IntroSize = 8;
    private const int EntrySize = 16;

    private static readonly string NotAPackage = PackageDiagnostics.NotAPackage.Code;
    private static readonly string Malformed = PackageDiagnostics.MalformedHeader.Code;
    private static readonly string Digest = SignatureDiagnostics.DigestMismatch.Code;
    private static readonly string Size = SignatureDiagnostics.SizeMismatch.Code;

    /// <summary>Spoils a package of which digests cover header and payload.</summary>
    /// <param name="content">The package file.</param>
    /// <param name="package">The same, read.</param>
    /// <returns>The spoilt packages.</returns>
    public static IEnumerable<Tampering> Of(byte[] content, RpmPackageFile package)
    {
        var header = (int)package.HeaderOffset;
        var payload = (int)package.PayloadOffset;
        return
        [
            new("with nothing in it", [], NotAPackage),
            new("cut off in the lead", content[..50], NotAPackage),
            new("cut off after the lead", content[..LeadSize], Malformed),
            new("cut off in the signature header", content[..(LeadSize + ((header - LeadSize) / 2))], Malformed),
            new("cut off in the header", content[..(header + ((payload - header) / 2))], Malformed),
            new("without its last byte", content[..^1], Size, Digest),
            new("with a byte more", [.. content, 0], Size, Digest),
            new("with another magic number", Flip(content, 0), NotAPackage),
            new("of another format version", Flip(content, 4), NotAPackage),
            new("with another kind of signature", Flip(content, 79), NotAPackage),
            new("with another signature header", Flip(content, LeadSize + 1), Malformed),
            new("with another header magic", Flip(content, header + 1), Malformed),
            .. Counts(content, LeadSize + MagicSize, "signature header"),
            .. Counts(content, header + MagicSize, "header"),
            .. Spread(header + MagicSize, header + MagicSize + IntroSize + (EntrySize * package.Header.Entries.Count), 5)
                .Select(at => new Tampering($"with the index byte {at} changed", Flip(content, at), Malformed, Digest)),
            .. Spread(header + MagicSize + IntroSize + (EntrySize * package.Header.Entries.Count) + EntrySize, payload, 10)
                .Select(at => new Tampering($"with the header byte {at} changed", Flip(content, at), Malformed, Digest)),
            .. Spread(payload, content.Length, 10).Select(at => new Tampering($"with the payload byte {at} changed", Flip(content, at), Digest)),
            .. Digests(content, package),
        ];
    }

    /// <summary>Spoils the signatures of a package.</summary>
    /// <param name="content">The package file.</param>
    /// <param name="package">The same, read.</param>
    /// <returns>The spoilt packages, all with signatures that say something else.</returns>
    public static IEnumerable<Tampering> OfSignatures(byte[] content, RpmPackageFile package)
    {
        var changed = (byte[])content.Clone();
        foreach (var entry in package.Signature.Entries.Where(entry =>
            entry.Tag is RpmTag.RsaHeader or RpmTag.DsaHeader or (RpmTag)RpmSignatureTag.Pgp or (RpmTag)RpmSignatureTag.Gpg))
        {
            changed[DataOf(package, entry) + entry.Length - 3] ^= 0x10;
        }

        return [new("with other signatures", changed, SignatureDiagnostics.BadSignature.Code)];
    }

    private static IEnumerable<Tampering> Counts(byte[] content, int intro, string part)
    {
        foreach (var count in (uint[])[0, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff])
        {
            yield return new($"with {count} entries in the {part}", Put(content, intro, count), Malformed);
        }

        foreach (var size in (uint[])[0, 0x10000000, 0x7fffffff, 0xffffffff])
        {
            yield return new($"with {size} bytes of data in the {part}", Put(content, intro + 4, size), Malformed);
        }

        foreach (var count in (uint[])[0x00100000, 0x7fffffff, 0xffffffff])
        {
            yield return new($"with {count} items in the second entry of the {part}", Put(content, intro + IntroSize + EntrySize + 12, count), Malformed);
        }

        yield return new($"with data outside of the {part}", Put(content, intro + IntroSize + EntrySize + 8, 0x7ffffff0), Malformed);
    }

    private static IEnumerable<Tampering> Digests(byte[] content, RpmPackageFile package)
    {
        foreach (var entry in package.Signature.Entries.Where(entry =>
            entry.Tag is RpmTag.Sha1Header or RpmTag.Sha256Header or RpmTag.Sha3Header or (RpmTag)RpmSignatureTag.Md5))
        {
            var at = DataOf(package, entry);
            var other = entry.Type == RpmTagType.Bin ? (byte)(content[at] ^ 1) : content[at] == (byte)'0' ? (byte)'1' : (byte)'0';
            yield return new($"with another digest {entry.Tag}", Put(content, at, other), Digest);
        }
    }

    private static int DataOf(RpmPackageFile package, RpmHeaderEntry entry) =>
        LeadSize + MagicSize + IntroSize + (EntrySize * (BinaryPrimitives.ReadInt32BigEndian(package.Signature.Blob.Span))) + entry.Offset;

    private static IEnumerable<int> Spread(int start, int end, int count) =>
        Enumerable.Range(0, count).Select(i => start + (int)((end - start - 1L) * i / (count - 1))).Distinct();

    private static byte[] Flip(byte[] content, int at) => Put(content, at, (byte)(content[at] ^ 0x41));

    private static byte[] Put(byte[] content, int at, byte value)
    {
        var changed = (byte[])content.Clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] Put(byte[] content, int at, uint value)
    {
        var changed = (byte[])content.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), value);
        return changed;
    }
}
