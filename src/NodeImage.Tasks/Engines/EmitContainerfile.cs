using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Restoring;

namespace NodeImage.Tasks.Engines;

/// <summary>Writes a folder that builds an image with nothing but Podman, Buildah or Docker.</summary>
public sealed class EmitContainerfile : ImageTask
{
    /// <summary>The definition.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>The lock file.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>The folder with the base's image, for a layered one.</summary>
    public string? BaseLayout { get; set; }

    /// <summary>The name of the base's repository in its registry, or empty where it is in none.</summary>
    public string? BaseRepository { get; set; }

    /// <summary>The folder that is written.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Whether all packages lie in the folder.</summary>
    public bool IncludePackages { get; set; }

    /// <summary>The property <c>OSImagePackageTool</c>.</summary>
    public string? PackageTool { get; set; }

    /// <summary>The property <c>OSImageBuildIsolation</c>.</summary>
    public string? Isolation { get; set; }

    /// <summary>The property <c>OSImageBuilderImage</c>.</summary>
    public string? BuilderImage { get; set; }

    /// <summary><c>ContainerBuildSecret</c> items.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var request = new ComposeRequest(definition, LockFiles.ReadTarget(LockFile, definition), BaseReader.Open(definition, BaseLayout))
        {
            ProjectFolder = ProjectFolder,
            OutputFolder = "",
            ScratchFolder = "",
            Report = Report,
        };
        var options = EngineSettings.Containers(PackageTool, Isolation, BuilderImage, Secrets, ProjectFolder);
        var repository = string.IsNullOrEmpty(BaseRepository) ? null : BaseRepository;
        new ContainerfileEmitter(OpenCache()).Emit(request, options, OutputFolder, repository, IncludePackages, Cancellation);
        Log.LogMessage(MessageImportance.High, "{0}", $"{definition.Name}: {OutputFolder}");
    }
}
