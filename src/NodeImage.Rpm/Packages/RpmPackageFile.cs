using System.Buffers;
using System.Buffers.Binary;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// A package file of which the headers have been read: lead, signature header, header, and where the payload begins.
/// Nothing has been verified yet but that the headers are well formed.
/// </summary>
public sealed class RpmPackageFile
{
    // Most signature headers, whose room for signatures is about 4 KiB, and many headers are read at once with it.
    private const int FirstReadSize = 16 * 1024;

    private const int MagicSize = 8;

    private readonly Func<Stream> _open;

    private RpmPackageFile(string source, Func<Stream> open, RpmHeader signature, RpmHeader header, long headerOffset, long length)
    {
        Source = source;
        _open = open;
        Signature = signature;
        Header = header;
        HeaderOffset = headerOffset;
        Length = length;
        Info = new RpmPackageInfo(header, source);
    }

    /// <summary>The path that the package was read from, or the name that it was given.</summary>
    public string Source { get; }

    /// <summary>Signatures and digests; entries are named in <see cref="RpmSignatureTag"/> and <see cref="RpmTag"/>.</summary>
    public RpmHeader Signature { get; }

    /// <summary>What describes the package.</summary>
    public RpmHeader Header { get; }

    /// <summary>The header as a package: name, dependencies, files, scriptlets.</summary>
    public RpmPackageInfo Info { get; }

    /// <summary>Where the header begins in the file, its magic number included.</summary>
    public long HeaderOffset { get; }

    /// <summary>Where the payload begins in the file.</summary>
    public long PayloadOffset => HeaderOffset + MagicSize + Header.Blob.Length;

    /// <summary>The size of the file.</summary>
    public long Length { get; }

    /// <summary>The eight bytes before every header.</summary>
    internal static ReadOnlySpan<byte> HeaderMagic => [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0];

    /// <summary>Reads the headers of a package file. The file is not kept open.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="source">A name for it, for messages; null for its path.</param>
    /// <returns>The package.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2301: it is no package. NI2302: a header is malformed.
    /// NI2303: it cannot be read.</exception>
    public static RpmPackageFile Open(string path, string? source = null) =>
        Read(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), source ?? path);

    /// <summary>Reads the headers of a package held in memory.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="source">A name for it, for messages.</param>
    /// <returns>The package.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2301: it is no package. NI2302: a header is malformed.</exception>
    public static RpmPackageFile Read(byte[] content, string source) =>
        Read(() => new MemoryStream(content, writable: false), source);

    /// <summary>Opens the payload, compressed as it is stored.</summary>
    /// <returns>The file from <see cref="PayloadOffset"/> to its end; the caller closes it.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2303: the file cannot be read, or has become shorter.</exception>
    public Stream OpenPayload() => OpenAt(PayloadOffset);

    /// <summary>Opens the file at the header, which is where what old signatures cover begins.</summary>
    /// <returns>The file from <see cref="HeaderOffset"/> to its end; the caller closes it.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2303: the file cannot be read, or has become shorter.</exception>
    public Stream OpenHeaderAndPayload() => OpenAt(HeaderOffset);

    private Stream OpenAt(long offset)
    {
        try
        {
            var stream = _open();
            stream.Position = offset;
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackageDiagnostics.Unreadable.Wrap(e, null, Source, e.Message);
        }
    }

    private static RpmPackageFile Read(Func<Stream> open, string source)
    {
        var first = ArrayPool<byte>.Shared.Rent(FirstReadSize);
        try
        {
            using var stream = open();
            var read = stream.ReadAtLeast(first.AsSpan(0, FirstReadSize), FirstReadSize, throwOnEndOfStream: false);
            return Read(stream, first.AsMemory(0, read), open, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw PackageDiagnostics.Unreadable.Wrap(e, null, source, e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(first);
        }
    }

    private static RpmPackageFile Read(Stream stream, ReadOnlyMemory<byte> first, Func<Stream> open, string source)
    {
        var lead = RpmLead.Check(first.Span);
        if (lead is not null)
        {
            throw PackageDiagnostics.NotAPackage.Error(null, source, lead);
        }

        var reader = new HeaderReader(stream, first, source);
        var signature = reader.Read(RpmLead.Size, RpmHeaderKind.Signature);
        var end = RpmLead.Size + MagicSize + signature.Blob.Length;

        // The signature header is padded to a multiple of eight bytes.
        var headerOffset = (end + 7L) & ~7L;
        var header = reader.Read(headerOffset, RpmHeaderKind.Package);
        return new RpmPackageFile(source, open, signature, header, headerOffset, stream.Length);
    }

    private readonly struct HeaderReader(Stream stream, ReadOnlyMemory<byte> first, string source)
    {
        public RpmHeader Read(long offset, RpmHeaderKind kind)
        {
            Span<byte> start = stackalloc byte[MagicSize + RpmHeaderLimits.IntroSize];
            Fill(offset, start, kind);
            if (!start.StartsWith(HeaderMagic))
            {
                throw Malformed(kind, "it does not begin as one");
            }

            var entries = BinaryPrimitives.ReadUInt32BigEndian(start[MagicSize..]);
            var data = BinaryPrimitives.ReadUInt32BigEndian(start[(MagicSize + 4)..]);
            if (RpmHeaderLimits.Check(kind, entries, data) is { } defect)
            {
                throw Malformed(kind, defect);
            }

            var size = RpmHeaderLimits.IntroSize + (RpmHeaderLimits.EntrySize * (long)entries) + data;
            if (size > stream.Length - offset - MagicSize)
            {
                throw Malformed(kind, "the file ends within it");
            }

            var blob = GC.AllocateUninitializedArray<byte>((int)size);
            Fill(offset + MagicSize, blob, kind);
            return RpmHeader.Parse(blob, kind, source);
        }

        private void Fill(long offset, Span<byte> destination, RpmHeaderKind kind)
        {
            var known = offset < first.Length ? first.Span[(int)offset..] : default;
            if (known.Length > destination.Length)
            {
                known = known[..destination.Length];
            }

            known.CopyTo(destination);
            var rest = destination[known.Length..];
            if (rest.IsEmpty)
            {
                return;
            }

            stream.Position = offset + known.Length;
            if (stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length)
            {
                throw Malformed(kind, "the file ends within it");
            }
        }

        private Core.Diagnostics.DiagnosticException Malformed(RpmHeaderKind kind, string defect) =>
            PackageDiagnostics.MalformedHeader.Error(null, source, kind == RpmHeaderKind.Signature ? "signature header" : "header", defect);
    }
}
