using System.Text;
using NodeImage.Compose.Bases;
using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;

namespace NodeImage.Compose.Restoring;

/// <summary>
/// Remembers a restore that succeeded, so that the next one of the same need only look whether the cache still has the packages.
/// </summary>
/// <param name="file">The file that remembers it.</param>
/// <param name="cache">The cache.</param>
public sealed class RestoreStamp(string file, ContentCache cache)
{
    // Changes with what a restore does beyond what its inputs say.
    private const string Form = "restore-2";

    /// <summary>The digest of what a restore reads.</summary>
    /// <param name="allowOlderBase">Whether the base may be of an older minor release.</param>
    /// <param name="source">Where the base comes from, if it is no project.</param>
    /// <param name="files">The files that it reads; one that is missing counts as such.</param>
    /// <returns>The digest.</returns>
    public Sha256Digest Key(bool allowOlderBase, BaseImageSource? source, params IEnumerable<string?> files)
    {
        var text = new StringBuilder(Form).Append('\n').Append(cache.Root).Append('\n').Append(allowOlderBase).Append('\n').Append(source?.Fingerprint).Append('\n');
        foreach (var path in files)
        {
            text.Append(string.IsNullOrEmpty(path) || !File.Exists(path) ? "-" : Sha256Digest.OfFile(path).ToString()).Append('\n');
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Whether a restore of the same has succeeded, and the cache still has what it brought.</summary>
    /// <param name="key">What <see cref="Key"/> gives.</param>
    /// <param name="baseLayout">The layout of the base, when the result is true; empty where the base is a project.</param>
    /// <returns>True when there is nothing to restore.</returns>
    public bool Fits(Sha256Digest key, out string baseLayout)
    {
        baseLayout = "";
        if (!File.Exists(file) || File.ReadAllLines(file) is not [var first, var layout, .. var paths] || first != key.Hex)
        {
            return false;
        }

        baseLayout = layout;
        return paths.All(path => File.Exists(Path.Combine(cache.Root, path)));
    }

    /// <summary>Remembers a restore.</summary>
    /// <param name="key">What <see cref="Key"/> gives.</param>
    /// <param name="locked">What it came to.</param>
    /// <param name="below">The base, if it is no project.</param>
    public void Write(Sha256Digest key, RpmLock locked, ResolvedBase? below)
    {
        var store = new PackageStore(cache);
        var paths = locked.Packages.Select(package => store.Find(Sha256Digest.Parse(package.Digest))).Concat(below is { IsCached: true } ? below.Files : []).ToList();
        if (paths.TrueForAll(path => path is not null))
        {
            var text = string.Join('\n', paths.Select(path => Path.GetRelativePath(cache.Root, path!)).Prepend(below?.Image.Layout.Folder ?? "").Prepend(key.Hex));
            AtomicFile.WriteWhenDifferent(file, Encoding.UTF8.GetBytes(text));
        }
    }
}
