using Microsoft.Build.Evaluation;

namespace NodeImage.Sdk.Tests;

/// <summary>An image project in a folder of its own, evaluated with the SDK of this checkout by MSBuild's own object model.</summary>
internal sealed class EvaluatedProject : IDisposable
{
    /// <summary>The repository that the tests are of.</summary>
    public static string Root => RepositoryFolder.Root;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-sdk-");
    private readonly ProjectCollection _collection = new();

    /// <summary>Makes and evaluates a project.</summary>
    /// <param name="content">What stands between the SDK's props and targets.</param>
    /// <param name="files">Files of the project's folder.</param>
    public EvaluatedProject(string content, params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.FullName, file))!);
            File.WriteAllText(Path.Combine(_folder.FullName, file), "");
        }

        var sdk = Path.Combine(Root, "sdk", "Sdk");
        var path = Path.Combine(_folder.FullName, "image.osproj");
        File.WriteAllText(path, $"<Project><Import Project=\"{sdk}/Sdk.props\" />{content}<Import Project=\"{sdk}/Sdk.targets\" /></Project>");
        Project = _collection.LoadProject(path);
    }

    /// <summary>The project.</summary>
    public Project Project { get; private set; }

    /// <summary>Changes the project's text, and evaluates it anew.</summary>
    public void Change(string old, string changed)
    {
        var path = Project.FullPath;
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, changed, StringComparison.Ordinal));
        _collection.UnloadAllProjects();
        Project = _collection.LoadProject(path);
    }

    /// <summary>The identities of items, sorted.</summary>
    public IEnumerable<string> Items(string type) => Project.GetItems(type).Select(item => item.EvaluatedInclude).Order(StringComparer.Ordinal);

    public void Dispose()
    {
        _collection.Dispose();
        _folder.Delete(recursive: true);
    }
}
