using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Testing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>What the tasks that test an image, and that have it tested, are told.</summary>
public abstract class ImageTestTask : ImageTask
{
    /// <summary>The definition.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>The folder with the image's layout.</summary>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>The folder with the base's layout, for a layered image.</summary>
    public string? BaseLayout { get; set; }

    /// <summary><c>ImageTest</c> items.</summary>
    public ITaskItem[] Tests { get; set; } = [];

    /// <summary>A folder for what is needed only while testing.</summary>
    [Required]
    public string ScratchFolder { get; set; } = "";

    /// <summary>Reads what the project says of its tests; what is wrong with it is shown.</summary>
    /// <returns>The settings.</returns>
    private protected ImageTestSettings ReadSettings()
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var reader = new ItemReader(ProjectFolder, definition.Architecture);
        var scripts = reader.Tests(Tests);
        foreach (var problem in reader.Problems)
        {
            Report(problem);
        }

        BaseReader.Check(definition, BaseLayout);
        var origins = new ItemOrigins(ProjectFile, ItemOriginsFile);
        return new ImageTestSettings
        {
            ProjectFile = ProjectFile,
            DefinitionFile = DefinitionFile,
            Layout = Layout,
            BaseLayout = BaseLayout,
            ScratchFolder = ScratchFolder,
            CacheFolder = CachePlace.Resolve(CacheFolder),
            Sandbox = SandboxPlace.Find(),
            Scripts = scripts,
            Places = scripts.Select(script => script.File.Path).Distinct().ToImmutableSortedDictionary(path => path, path => Place(origins, path), StringComparer.Ordinal),
        };
    }

    private static SourcePlace Place(ItemOrigins origins, string path)
    {
        var place = origins.Locate(new ItemReference("ImageTest", path));
        return new SourcePlace(place.File, place.Line, place.Column);
    }
}
