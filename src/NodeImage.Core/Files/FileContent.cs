using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;

namespace NodeImage.Core.Files;

/// <summary>The content of a regular file, wherever it lies: it is read only when it is needed.</summary>
public abstract class FileContent
{
    /// <summary>The length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// A name that only this content has, and that stays the same from build to build: usually its digest, else the
    /// digest of the archive that holds it and the place in there. Cache keys are made of it.
    /// </summary>
    public abstract string Identity { get; }

    /// <summary>The digest where the identity is one, else null. Reading is held to it.</summary>
    public Sha256Digest? Digest => Sha256Digest.TryParse(Identity, out var digest) ? digest : null;

    /// <summary>The archive that holds it among others and is best read in one pass, or null where it stands alone.</summary>
    public virtual ContentArchive? Archive => null;

    /// <summary>Its place in <see cref="Archive"/>; -1 where it stands alone.</summary>
    public virtual int ArchiveIndex => -1;

    /// <summary>Makes content of bytes held in memory.</summary>
    /// <param name="bytes">The bytes, which must not change any more.</param>
    /// <returns>The content.</returns>
    public static FileContent Of(byte[] bytes) => new InlineContent(bytes);

    /// <summary>Makes content of text, in UTF-8 without a mark.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The content.</returns>
    public static FileContent Of(string text) => new InlineContent(Encoding.UTF8.GetBytes(text));

    /// <summary>Opens the content for reading.</summary>
    /// <returns>A stream that yields <see cref="Length"/> bytes; the caller closes it.</returns>
    public abstract Stream OpenRead();

    /// <summary>Reads all of a small file.</summary>
    /// <param name="limit">The most bytes that are accepted.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidDataException">The content is larger than <paramref name="limit"/>.</exception>
    public virtual byte[] ReadAllBytes(int limit = 64 << 20)
    {
        if (Length > limit)
        {
            throw new InvalidDataException($"A file of {Length} bytes, where at most {limit} are expected.");
        }

        var bytes = new byte[Length];
        using var stream = OpenRead();
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads all of a small file as text. Bytes that are not UTF-8 become replacement characters.</summary>
    /// <returns>The text.</returns>
    public string ReadText() => Encoding.UTF8.GetString(ReadAllBytes());

    private sealed class InlineContent(byte[] bytes) : FileContent
    {
        private readonly Lazy<string> _identity = new(() => Sha256Digest.Of(bytes).ToString());

        public override long Length => bytes.Length;

        public override string Identity => _identity.Value;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);

        public override byte[] ReadAllBytes(int limit = 64 << 20) => bytes;
    }
}

/// <summary>A file on disk whose digest was taken when it was found, and is held to when it is read.</summary>
/// <param name="path">The file's full path.</param>
/// <param name="length">Its length in bytes.</param>
/// <param name="digest">Its digest.</param>
public sealed class DiskContent(string path, long length, Sha256Digest digest) : FileContent
{
    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override string Identity => digest.ToString();

    /// <inheritdoc/>
    /// <remarks>Content that has changed since its digest was taken shows as <see cref="InvalidDataException"/> at the end of reading.</remarks>
    public override Stream OpenRead() =>
        new VerifyingStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), length, digest);
}

/// <summary>An archive that holds the content of many files and is decoded from front to back, such as a package's payload.</summary>
public abstract class ContentArchive
{
    /// <summary>The digest of the archive's own bytes.</summary>
    public abstract Sha256Digest Digest { get; }

    /// <summary>Decodes the archive once and hands over each wanted content as it passes.</summary>
    /// <param name="wanted">The places that are wanted, ascending.</param>
    /// <param name="visit">Receives a place and its content, in the archive's order; what it does not read is skipped.</param>
    /// <param name="cancellation">Stops the pass.</param>
    /// <exception cref="Diagnostics.DiagnosticException">The archive is damaged, or does not hold what was announced.</exception>
    public abstract void Read(IReadOnlyList<int> wanted, Action<int, Stream> visit, CancellationToken cancellation);
}
