using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;

namespace NodeImage.Core.Cache;

/// <summary>
/// What is worth keeping from build to build, by the content of what it was made from. Any number of builds share it:
/// entries are written aside and renamed, never changed, and anything may be deleted at any time.
/// </summary>
/// <remarks>
/// An entry lives at <c>KIND/xx/KEY</c>. A kind's name ends in the version of its format, so that a change of format
/// leaves old entries to die of neglect; what else decides the content belongs into the key.
/// </remarks>
/// <param name="root">The cache's folder.</param>
/// <param name="time">Tells when an entry was last used.</param>
public sealed class ContentCache(string root, TimeProvider time)
{
    private const string IncomingFolder = "incoming";
    private const string LockFolder = "locks";

    /// <summary>The cache's folder.</summary>
    public string Root => root;

    /// <summary>The folder for what is being fetched; each build makes one of its own in it.</summary>
    public string Incoming => Path.Combine(root, IncomingFolder);

    /// <summary>Waits until no other build holds a lock, and takes it.</summary>
    /// <param name="key">What the lock stands for.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The lock, to be disposed of.</returns>
    public Task<FileLock> LockAsync(Sha256Digest key, CancellationToken cancellation) => FileLock.TakeAsync(Path.Combine(root, LockFolder, key.Hex), cancellation);

    /// <summary>Keeps other builds from changing a file of a user's project, beside which no lock of ours should lie.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The lock, to be disposed of.</returns>
    public Task<FileLock> LockForAsync(string path, CancellationToken cancellation) => LockAsync(Sha256Digest.Of(Encoding.UTF8.GetBytes(Path.GetFullPath(path))), cancellation);

    /// <summary>Marks a file of the cache as used, so that it stays longer than what is not.</summary>
    /// <param name="path">The file's full path.</param>
    /// <returns>Whether there is such a file.</returns>
    public bool MarkUsed(string path)
    {
        try
        {
            File.SetLastAccessTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // A shared, read-only cache serves as well; it only cannot tell what was used.
            return File.Exists(path);
        }
    }

    /// <summary>Finds an entry and marks it as used.</summary>
    /// <param name="kind">What kind of entry it is, such as <c>rpm</c>.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <returns>The full path of the entry's file, or null where there is none.</returns>
    public string? Find(string kind, Sha256Digest key)
    {
        var path = PathOf(kind, key);
        return MarkUsed(path) ? path : null;
    }

    /// <summary>Adds an entry, or leaves the one that another build has added meanwhile.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <param name="write">Writes the content. When it throws, nothing is added.</param>
    /// <returns>The full path of the entry's file.</returns>
    public string Add(string kind, Sha256Digest key, Action<Stream> write)
    {
        var path = PathOf(kind, key);
        AtomicFile.Write(path, write);
        return path;
    }

    /// <summary>Adds a file as an entry by moving it, or by copying where it lies on another file system.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <param name="file">The file, which is gone afterwards.</param>
    /// <returns>The full path of the entry's file.</returns>
    public string Take(string kind, Sha256Digest key, string file)
    {
        var path = PathOf(kind, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = AtomicFile.NameAside(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        try
        {
            File.Move(file, aside);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }

        return path;
    }

    /// <summary>Finds an entry or makes it.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <param name="write">Writes the content when there is none yet.</param>
    /// <returns>The full path of the entry's file.</returns>
    public string GetOrAdd(string kind, Sha256Digest key, Action<Stream> write) => Find(kind, key) ?? Add(kind, key, write);

    /// <summary>Adds an entry that is read as a whole, with its own digest at the end.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <param name="content">The content.</param>
    public void AddDocument(string kind, Sha256Digest key, byte[] content) => Add(kind, key, stream =>
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        Sha256Digest.Of(content).CopyTo(digest);
        stream.Write(content);
        stream.Write(digest);
    });

    /// <summary>Finds an entry that <see cref="AddDocument"/> added; a damaged one is removed as if it had never been.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <returns>The content, or null where there is none.</returns>
    public byte[]? FindDocument(string kind, Sha256Digest key)
    {
        if (Find(kind, key) is not { } path)
        {
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            var length = bytes.Length - Sha256Digest.Size;
            if (length >= 0 && Sha256Digest.Of(bytes.AsSpan(0, length)) == new Sha256Digest(bytes.AsSpan(length)))
            {
                return bytes[..length];
            }

            Remove(kind, key);
            return null;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Begins an entry whose writer decides later whether it is kept.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    /// <returns>The entry being written; dispose of it in any case.</returns>
    public PendingEntry Begin(string kind, Sha256Digest key) => new(PathOf(kind, key));

    /// <summary>Removes an entry, for instance one that has been found damaged.</summary>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="key">The digest of all that decides its content.</param>
    public void Remove(string kind, Sha256Digest key) => File.Delete(PathOf(kind, key));

    /// <summary>Deletes the entries that have gone unused the longest until the rest fits. What other builds are still writing stays.</summary>
    /// <param name="maxBytes">How much may stay.</param>
    /// <returns>How many bytes were freed.</returns>
    public long Trim(long maxBytes) => new CacheTrimmer(root, IncomingFolder, LockFolder, time.GetUtcNow().UtcDateTime).Trim(maxBytes);

    private string PathOf(string kind, Sha256Digest key)
    {
        var hex = key.Hex;
        return Path.Combine(root, kind, hex[..2], hex);
    }
}
