namespace NodeImage.Core.Files;

/// <summary>Changes to a tree that may yet be taken back.</summary>
public sealed class FileTreeCheckpoint : IDisposable
{
    private FileTree? _tree;

    internal FileTreeCheckpoint(FileTree tree) => _tree = tree;

    /// <summary>Keeps the changes.</summary>
    public void Commit() => End(keep: true);

    /// <summary>Takes back the changes that were not committed, the last one first.</summary>
    public void Dispose() => End(keep: false);

    private void End(bool keep)
    {
        _tree?.EndCheckpoint(keep);
        _tree = null;
    }
}
