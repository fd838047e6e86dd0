namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A disk on which little has room; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>Mounts it.</summary>
    /// <param name="folder">The folder that it is mounted at.</param>
    public SmallDisk(string folder)
    {
        Command.RequireRoot();
        Folder = Directory.CreateDirectory(folder).FullName;
        Assert.SkipUnless(Command.Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Folder).Status == 0, "no file system can be mounted here");
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    public void Dispose() => Command.Run("umount", Folder);
}
