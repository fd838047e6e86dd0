using NodeImage.Core.IO;

namespace NodeImage.Core.Cache;

/// <summary>A cache entry that is being written, aside from where it will stand.</summary>
public sealed class PendingEntry : IDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private bool _kept;

    internal PendingEntry(string path)
    {
        _path = path;
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        _aside = AtomicFile.NameAside(folder, Path.GetFileName(path));
        Stream = new FileStream(_aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Where the content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes what has been written an entry of the cache.</summary>
    /// <returns>The full path of the entry's file.</returns>
    public string Keep()
    {
        Stream.Dispose();
        File.Move(_aside, _path, overwrite: true);
        _kept = true;
        return _path;
    }

    /// <summary>Throws away what has been written unless it was kept.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_kept)
        {
            File.Delete(_aside);
        }
    }
}
