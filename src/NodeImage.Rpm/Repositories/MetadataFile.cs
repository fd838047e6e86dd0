using NodeImage.Core.Compression;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories;

/// <summary>Opens a file of metadata, and checks it before and while it is read.</summary>
public static class MetadataFile
{
    // In the clear, whatever is announced. The largest, the file lists of whole distributions, have about one gibibyte.
    private const long MaxOpenSize = 4L * 1024 * 1024 * 1024;

    /// <summary>Reads a file whose checksums have been announced.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="repository">The repository's name, for messages.</param>
    /// <param name="entry">What is announced.</param>
    /// <param name="read">Reads it in the clear.</param>
    /// <returns>What was read, all checks having held.</returns>
    /// <exception cref="DiagnosticException">NI2002: a checksum does not fit. NI2003: it is malformed. NI2004: it is compressed in
    /// a way that is not read. NI2007: its size is another. And what <paramref name="read"/> throws.</exception>
    public static T Read<T>(string path, string repository, RepositoryIndexEntry entry, Func<Stream, T> read)
    {
        CheckStored(path, repository, entry);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using var open = OpenDecompressed(file, entry.Location);
            using var bounded = new BoundedStream(open, Math.Min(entry.OpenSize ?? MaxOpenSize, MaxOpenSize), leaveOpen: true);
            return ReadChecked(bounded, repository, entry, read);
        }
        catch (Exception e) when (MetadataXml.IsDamage(e))
        {
            throw MetadataXml.Malformed(e, entry.Location);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RepositoryDiagnostics.Unreachable.Wrap(e, null, repository, entry.Location, e.Message);
        }
    }

    private static void CheckStored(string path, string repository, RepositoryIndexEntry entry)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (entry.Size is { } size && size != file.Length)
            {
                throw RepositoryDiagnostics.SizeMismatch.Error(null, repository, entry.Location, size, file.Length);
            }

            if (entry.Checksum is not null)
            {
                using var digested = new DigestingStream(file, entry.Checksum.Algorithm);
                digested.Drain();
                Compare(digested, entry.Checksum, repository, entry.Location);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RepositoryDiagnostics.Unreachable.Wrap(e, null, repository, entry.Location, e.Message);
        }
    }

    private static T ReadChecked<T>(Stream open, string repository, RepositoryIndexEntry entry, Func<Stream, T> read)
    {
        if (entry.OpenChecksum is null)
        {
            return read(open);
        }

        // What the checksum of the stored file covers need not be covered twice; one of the two must be there, though.
        using var digested = new DigestingStream(open, entry.OpenChecksum.Algorithm);
        var result = read(digested);
        digested.Drain();
        Compare(digested, entry.OpenChecksum, repository, entry.Location);
        return result;
    }

    private static void Compare(DigestingStream digested, MetadataChecksum announced, string repository, string location)
    {
        var found = Convert.ToHexStringLower(digested.Finish());
        if (found != announced.Value)
        {
            throw RepositoryDiagnostics.ChecksumMismatch.Error(
                null, repository, location, DigestAlgorithms.NameOf(announced.Algorithm), announced.Value, found);
        }
    }

    private static Stream OpenDecompressed(FileStream file, string location)
    {
        Span<byte> head = stackalloc byte[8];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (head[..read].StartsWith("\0ZCK1"u8))
        {
            throw RepositoryDiagnostics.Unsupported.Error(null, location, "it is compressed with zchunk");
        }

        return Decompressor.Open(file, Decompressor.Detect(head[..read]));
    }
}
