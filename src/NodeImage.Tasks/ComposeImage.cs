using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Restoring;
using NodeImage.Core.IO;
using NodeImage.Oci.Layouts;
using NodeImage.Tasks.Engines;

namespace NodeImage.Tasks;

/// <summary>Makes an image of a definition, a lock and a base.</summary>
public sealed class ComposeImage : ImageTask
{
    /// <summary>The definition.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>The lock file.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>The folder with the base's image, for a layered one.</summary>
    public string? BaseLayout { get; set; }

    /// <summary>The folder that the image's layout goes to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The file that describes the image to whoever references the project.</summary>
    [Required]
    public string DescriptorFile { get; set; } = "";

    /// <summary>Where that file is copied to in the end: it names the layout from there.</summary>
    [Required]
    public string DescriptorTarget { get; set; } = "";

    /// <summary>A folder for what is needed only while composing.</summary>
    [Required]
    public string ScratchFolder { get; set; } = "";

    /// <summary>The property <c>OSImageEngine</c>: what composes the image.</summary>
    public string? Engine { get; set; }

    /// <summary>The property <c>OSImagePackageTool</c>.</summary>
    public string? PackageTool { get; set; }

    /// <summary>The property <c>OSImageBuildIsolation</c>.</summary>
    public string? Isolation { get; set; }

    /// <summary>The property <c>OSImageBuilderImage</c>.</summary>
    public string? BuilderImage { get; set; }

    /// <summary>The property <c>RpmOstreeComposeMode</c>.</summary>
    public string? RpmOstreeMode { get; set; }

    /// <summary><c>ContainerBuildSecret</c> items.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary>The image's digest.</summary>
    [Output]
    public string Digest { get; set; } = "";

    /// <inheritdoc/>
    protected override bool StartsAnew => true;

    /// <inheritdoc/>
    protected override void Run()
    {
        var kind = EngineSettings.Kind(Engine);
        var containers = EngineSettings.Containers(PackageTool, Isolation, BuilderImage, Secrets, ProjectFolder);
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var packages = LockFiles.ReadTarget(LockFile, definition);
        var request = new ComposeRequest(definition, packages, BaseReader.Open(definition, BaseLayout))
        {
            ProjectFolder = ProjectFolder,
            OutputFolder = OutputFolder,
            ScratchFolder = ScratchFolder,
            Sandbox = SandboxPlace.Find(),
            Report = Report,
            IsError = IsError,
            Announce = line => Log.LogMessage(MessageImportance.High, "{0}", line),
            Progress = line => Log.LogMessage(MessageImportance.Normal, "{0}", line),
        };
        try
        {
            var cache = OpenCache();
            var started = TimeProvider.System.GetTimestamp();
            var image = ImageEngines.Create(kind, cache, containers, EngineSettings.RpmOstree(RpmOstreeMode, BuilderImage, cache.Root)).Compose(request, Cancellation);
            Digest = image.Digest.ToString();
            AtomicFile.WriteWhenDifferent(DescriptorFile, ImageDescriptorFile.Write(definition, image, ImageDescriptorFile.Place(DescriptorTarget, OutputFolder)));
            Log.LogMessage(MessageImportance.High, "{0}", Summary(request, image, TimeProvider.System.GetElapsedTime(started)));
            cache.Trim(CacheSizeLimit);
        }
        finally
        {
            if (Directory.Exists(ScratchFolder))
            {
                Directory.Delete(ScratchFolder, recursive: true);
            }
        }
    }

    // The one line of a compose that is shown whatever the verbosity; what was not made anew says nothing.
    private static string Summary(ComposeRequest request, OciImage image, TimeSpan took)
    {
        var (layers, place) = request.Definition.Kind == ImageKind.Layered && request.Base is { } below ? (image.Manifest.Layers.Length - below.Manifest.Layers.Length, " on its base") : (image.Manifest.Layers.Length, "");
        return string.Create(CultureInfo.InvariantCulture, $"{request.Definition.Name}: {request.Lock.Packages.Length} packages in {layers} layers{place}, {image.Digest}, in {took.TotalSeconds:0.0} s");
    }
}
