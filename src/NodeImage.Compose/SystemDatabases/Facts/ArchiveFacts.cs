using System.Collections.Concurrent;
using System.Text;
using NodeImage.Compose.Installing;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layers;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>
/// Knows facts by archive: learns them while payloads are decoded for layers, and keeps them in the cache, so that a
/// build in which one package has changed decodes that one.
/// </summary>
/// <param name="cache">Keeps the facts.</param>
internal sealed class ArchiveFacts(ContentCache cache) : IContentFacts, IArchiveObserver
{
    private readonly DirectContentFacts _others = new();
    private readonly ConcurrentDictionary<(string Kind, Sha256Digest Archive), Dictionary<int, object>> _known = new();
    private readonly Dictionary<ContentArchive, List<(FactRecorder Recorder, HashSet<int> Indexes)>> _wanted = new(ReferenceEqualityComparer.Instance);

    /// <summary>Asks that facts be learnt when archives are next decoded, as far as they are not known.</summary>
    /// <param name="recorders">The kinds of facts.</param>
    /// <param name="tree">The tree whose files may be asked for.</param>
    public void Watch(IReadOnlyList<FactRecorder> recorders, FileTree tree)
    {
        foreach (var group in tree.Walk().Where(node => node.Inode.Content?.Archive is PackageArchive).GroupBy(node => (PackageArchive)node.Inode.Content!.Archive!))
        {
            var wanted = recorders
                .Select(recorder => (Recorder: recorder, Indexes: group.Where(node => recorder.AppliesTo(node.Path, node.Inode)).Select(node => node.Inode.Content!.ArchiveIndex).ToHashSet()))
                .Where(want => want.Indexes.Count > 0 && Find(want.Recorder, group.Key.Digest) is null)
                .ToList();
            if (wanted.Count > 0)
            {
                _wanted[group.Key] = wanted;
                group.Key.Observer = this;
            }
        }
    }

    /// <inheritdoc/>
    public IObservedPass? Begin(PackageArchive archive) => _wanted.TryGetValue(archive, out var wanted) ? new Pass(this, archive, wanted) : null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<FileContent, T> Learn<T>(IContentFact<T> fact, IEnumerable<FileNode> nodes, CancellationToken cancellation)
        where T : class
    {
        var recorder = FactRecorder.Of(fact);
        var learnt = new Dictionary<FileContent, T>(ReferenceEqualityComparer.Instance);
        var missing = new List<FileNode>();
        foreach (var node in nodes.Where(node => node.Inode.Content is not null))
        {
            var content = node.Inode.Content!;
            if (content.Archive is { } archive && Find(recorder, archive.Digest)?.GetValueOrDefault(content.ArchiveIndex) is T known)
            {
                learnt[content] = known;
            }
            else
            {
                missing.Add(node);
            }
        }

        foreach (var (content, found) in _others.Learn(fact, missing, cancellation))
        {
            learnt[content] = found;
        }

        Keep(recorder, missing, content => learnt[content]);
        return learnt;
    }

    /// <inheritdoc/>
    public byte[] Recall(string kind, string inputs, Func<byte[]> make)
    {
        var key = Sha256Digest.Of(Encoding.UTF8.GetBytes(inputs));
        if (cache.FindDocument(kind, key) is { } known)
        {
            return known;
        }

        var made = make();
        cache.AddDocument(kind, key, made);
        return made;
    }

    /// <summary>Keeps what is known of packages' files for the layers that hold them, so that an image on top need not read them.</summary>
    /// <param name="recorders">The kinds of facts.</param>
    /// <param name="tree">The tree that the layers were written of.</param>
    /// <param name="layers">The layers, with their scans.</param>
    /// <returns>What does the work. The tree has been looked at before this returns, and may change meanwhile.</returns>
    public Action Share(IReadOnlyList<FactRecorder> recorders, FileTree tree, IEnumerable<WrittenLayer> layers)
    {
        var shares = layers.Select(layer => (layer.Descriptor.Digest, Contents: ArchivedContents(layer.Scan!, tree))).ToList();
        return () =>
        {
            foreach (var (layer, contents) in shares)
            {
                foreach (var recorder in recorders)
                {
                    Share(recorder, layer, contents);
                }
            }
        };
    }

    private static List<(int Index, FileContent Content)> ArchivedContents(LayerScan scan, FileTree tree)
    {
        var contents = new List<(int Index, FileContent Content)>();
        for (var i = 0; i < scan.Entries.Count; i++)
        {
            if (scan.Entries[i].Entry is { Type: TarEntryType.Regular, Name: var name } && tree.Find("/" + name)?.Inode.Content is { Archive: not null } content)
            {
                contents.Add((i, content));
            }
        }

        return contents;
    }

    private void Share(FactRecorder recorder, Sha256Digest layer, List<(int Index, FileContent Content)> contents)
    {
        var facts = new Dictionary<int, object>();
        foreach (var (index, content) in contents)
        {
            if (Find(recorder, content.Archive!.Digest)?.TryGetValue(content.ArchiveIndex, out var fact) == true)
            {
                facts[index] = fact;
            }
        }

        if (facts.Count > 0)
        {
            Keep(recorder, layer, facts);
        }
    }

    private static Sha256Digest KeyOf(FactRecorder recorder, Sha256Digest archive) => Sha256Digest.Of(Encoding.ASCII.GetBytes($"{recorder.Kind} {archive}"));

    private Dictionary<int, object>? Find(FactRecorder recorder, Sha256Digest archive)
    {
        if (_known.TryGetValue((recorder.Kind, archive), out var known))
        {
            return known;
        }

        if (cache.FindDocument("content-facts-1", KeyOf(recorder, archive)) is not { } document)
        {
            return null;
        }

        return _known[(recorder.Kind, archive)] = recorder.Read(document);
    }

    private void Keep(FactRecorder recorder, IEnumerable<FileNode> nodes, Func<FileContent, object> learnt)
    {
        foreach (var group in nodes.Where(node => node.Inode.Content!.Archive is not null).GroupBy(node => node.Inode.Content!.Archive!.Digest))
        {
            var facts = new Dictionary<int, object>(Find(recorder, group.Key) ?? []);
            foreach (var node in group)
            {
                facts[node.Inode.Content!.ArchiveIndex] = learnt(node.Inode.Content);
            }

            Keep(recorder, group.Key, facts);
        }
    }

    private void Keep(FactRecorder recorder, Sha256Digest archive, Dictionary<int, object> facts)
    {
        _known[(recorder.Kind, archive)] = facts;
        cache.AddDocument("content-facts-1", KeyOf(recorder, archive), recorder.Write(facts));
    }

    private sealed class Pass(ArchiveFacts owner, PackageArchive archive, List<(FactRecorder Recorder, HashSet<int> Indexes)> wanted) : IObservedPass
    {
        private readonly List<Dictionary<int, object>> _learnt = wanted.ConvertAll(_ => new Dictionary<int, object>());

        public bool IsComplete => wanted.Zip(_learnt).All(pair => pair.First.Indexes.Count == pair.Second.Count);

        public bool Wants(int index) => wanted.Exists(want => want.Indexes.Contains(index));

        public void Observe(int index, Stream content, long length)
        {
            for (var i = 0; i < wanted.Count; i++)
            {
                if (!wanted[i].Indexes.Contains(index))
                {
                    continue;
                }

                // Kinds look at different files; where two look at one, the second begins anew.
                if (content.CanSeek)
                {
                    content.Position = 0;
                }

                _learnt[i][index] = wanted[i].Recorder.Learn(content, length);
            }
        }

        public void Complete()
        {
            if (!IsComplete)
            {
                return;
            }

            for (var i = 0; i < wanted.Count; i++)
            {
                owner.Keep(wanted[i].Recorder, archive.Digest, _learnt[i]);
            }

            archive.Observer = null;
        }
    }
}
