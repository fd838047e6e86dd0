using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>The links and records of alternatives in an image.</summary>
/// <remarks>
/// Where records are in <c>/var</c>, an image keeps them in <c>/usr/share/factory</c>, from where a machine takes them. A layered image
/// goes on with those.
/// </remarks>
/// <param name="tree">The image.</param>
/// <param name="time">The modification time of what is made, in seconds since 1970.</param>
/// <param name="linkFolder">Where the links to what is chosen are.</param>
/// <param name="recordFolder">Where records are.</param>
internal sealed class AlternativeStore(FileTree tree, long time, string linkFolder, string recordFolder)
{
    private const string Factory = "/usr/share/factory";
    private const int MaxRecordSize = 1 << 20;

    /// <summary>Where the links to what is chosen are.</summary>
    public string LinkFolder => linkFolder;

    /// <summary>The link to what is chosen under a name.</summary>
    public string ChoiceLink(string name) => $"{linkFolder}/{name}";

    /// <summary>The target of a link, or null where there is no link.</summary>
    public string? ReadLink(string path) => Find(path) is { Inode.IsSymbolicLink: true } node ? node.Inode.LinkTarget : null;

    /// <summary>Whether there is something that a path leads to in the end.</summary>
    public bool Exists(string path) => ImagePath.TryNormalize(path, out var canonical) && tree.Resolve(canonical) is not null;

    /// <summary>Whether there is nothing at a path, not even a link that leads nowhere.</summary>
    public bool IsMissing(string path) => Find(path) is null;

    /// <summary>Whether there is something at a path that is no link.</summary>
    public bool IsOther(string path) => Find(path) is { Inode.IsSymbolicLink: false };

    /// <summary>Makes a link, in the place of whatever is there.</summary>
    /// <param name="path">The link.</param>
    /// <param name="target">Its target.</param>
    /// <param name="modificationTime">Its modification time, or null for the present.</param>
    /// <exception cref="AlternativeException">There is no folder for it, or a folder in its place.</exception>
    public void Link(string path, string target, long? modificationTime = null)
    {
        if (!TryPlace(path, out var place) || (tree.Find(ImagePath.Parent(place)) is not { Inode.IsDirectory: true } && ImagePath.Parent(place) != linkFolder) || tree.Find(place) is { Inode.IsDirectory: true })
        {
            throw new AlternativeException($"cannot create symbolic link '{path}'");
        }

        tree.Put(place, Inode.SymbolicLink(target) with { ModificationTime = modificationTime ?? time });
    }

    /// <summary>The modification time of what is at a path, or null.</summary>
    public long? TimeOf(string path) => Find(path)?.Inode.ModificationTime;

    /// <summary>Removes a link or a file.</summary>
    public void Remove(string path)
    {
        if (Find(path) is { Inode.IsDirectory: false } node)
        {
            tree.Remove(node);
        }
    }

    /// <summary>The names of all records, sorted.</summary>
    public List<string> Records() =>
        [.. new[] { recordFolder, Factory + recordFolder }.SelectMany(folder => tree.Resolve(folder)?.Children ?? []).Select(node => node.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The text of a record, or null where there is none.</summary>
    public string? ReadRecord(string name) =>
        (tree.Resolve($"{recordFolder}/{name}") ?? tree.Resolve($"{Factory}{recordFolder}/{name}"))?.Inode.Content is { Length: <= MaxRecordSize } content ? content.ReadText() : null;

    /// <summary>Writes a record.</summary>
    public void WriteRecord(string name, string text) => tree.Put(
        TryPlace($"{recordFolder}/{name}", out var place) ? place : throw new AlternativeException($"cannot create file '{recordFolder}/{name}'"),
        Inode.Regular(FileContent.Of(text)) with { ModificationTime = time });

    /// <summary>Removes a record.</summary>
    public void RemoveRecord(string name)
    {
        Remove($"{recordFolder}/{name}");
        Remove($"{Factory}{recordFolder}/{name}");
    }

    private FileNode? Find(string path) => TryPlace(path, out var place) ? tree.Find(place) : null;

    private bool TryPlace(string path, out string place)
    {
        place = "";
        return path.StartsWith('/') && ImagePath.TryNormalize(path, out var canonical) && tree.TryResolvePath(canonical, followLast: false, out place!);
    }
}
