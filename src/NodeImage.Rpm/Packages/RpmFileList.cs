using System.Collections;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Packages;

/// <summary>The files of a package, in the header's order.</summary>
public sealed class RpmFileList : IReadOnlyList<RpmFileEntry>
{
    private readonly RpmFileEntry[] _entries;

    internal RpmFileList(RpmFileEntry[] entries, IReadOnlyList<string> directories, DigestAlgorithm digestAlgorithm, bool hasLongSizes)
    {
        _entries = entries;
        Directories = directories;
        DigestAlgorithm = digestAlgorithm;
        HasLongSizes = hasLongSizes;
    }

    /// <summary>The folders that files lie in, each ended by a slash, in the header's order.</summary>
    public IReadOnlyList<string> Directories { get; }

    /// <summary>The algorithm of <see cref="RpmFileEntry.Digest"/>.</summary>
    public DigestAlgorithm DigestAlgorithm { get; }

    /// <summary>Whether sizes have eight bytes, in which case the payload names files by their index here.</summary>
    public bool HasLongSizes { get; }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public RpmFileEntry this[int index] => _entries[index];

    /// <inheritdoc/>
    public IEnumerator<RpmFileEntry> GetEnumerator() => ((IEnumerable<RpmFileEntry>)_entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
