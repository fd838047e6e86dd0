using System.Collections.Concurrent;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>Learns facts by reading contents, and remembers them for as long as it lives.</summary>
internal sealed class DirectContentFacts : IContentFacts
{
    private readonly ConcurrentDictionary<(string Kind, string Identity), object> _known = new();

    /// <inheritdoc/>
    public IReadOnlyDictionary<FileContent, T> Learn<T>(IContentFact<T> fact, IEnumerable<FileNode> nodes, CancellationToken cancellation)
        where T : class
    {
        var contents = nodes.Select(node => node.Inode.Content).OfType<FileContent>().Distinct(ReferenceEqualityComparer.Instance).Cast<FileContent>().ToList();
        var unknown = contents.DistinctBy(content => content.Identity, StringComparer.Ordinal).Where(content => !_known.ContainsKey((fact.Kind, content.Identity)));
        ContentPass.Read(unknown, (content, stream) => _known[(fact.Kind, content.Identity)] = fact.Read(stream, content.Length), cancellation);
        return contents.ToDictionary(content => content, content => (T)_known[(fact.Kind, content.Identity)]);
    }

    /// <inheritdoc/>
    public byte[] Recall(string kind, string inputs, Func<byte[]> make) => (byte[])_known.GetOrAdd((kind, inputs), _ => make());
}
