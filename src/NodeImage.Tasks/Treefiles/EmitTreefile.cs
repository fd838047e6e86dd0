using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Treefiles;

namespace NodeImage.Tasks.Treefiles;

/// <summary>Writes the folder with which rpm-ostree composes what a definition says.</summary>
public sealed class EmitTreefile : ImageTask
{
    /// <summary>The definition.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>The lock file; nothing is locked where it is not there.</summary>
    public string? LockFile { get; set; }

    /// <summary>The folder.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Where the folder will be seen when it is used, or empty where it is written.</summary>
    public string? SeenAs { get; set; }

    /// <summary>The treefile.</summary>
    [Output]
    public string TreefilePath { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var packages = File.Exists(LockFile) ? LockFiles.ReadTarget(LockFile, definition) : null;
        var result = TreefileFolder.Write(definition, packages, new TreefileFolderOptions(ProjectFolder, OutputFolder)
        {
            SeenAs = string.IsNullOrEmpty(SeenAs) ? null : SeenAs,
            Report = Report,
        });
        TreefilePath = result.TreefilePath;
        Log.LogMessage(MessageImportance.High, "{0}", $"{definition.Name} -> {result.TreefilePath}");
    }
}
