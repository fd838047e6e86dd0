namespace NodeImage.Tests.Shared;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-test-");

    public string Root => _folder.FullName;

    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>Writes a file.</summary>
    public string Write(string relative, byte[] content)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
