namespace NodeImage.Oci.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-test-");

    public string Root => _folder.FullName;

    public string this[string relative] => Path.Combine(Root, relative);

    public void Dispose() => _folder.Delete(recursive: true);
}
