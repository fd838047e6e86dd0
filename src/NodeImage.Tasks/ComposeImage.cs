using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Restoring;
using NodeImage.Core.IO;

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

    /// <summary>A folder for what is needed only while composing.</summary>
    [Required]
    public string ScratchFolder { get; set; } = "";

    /// <summary>The image's digest.</summary>
    [Output]
    public string Digest { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var packages = LockFiles.ReadTarget(LockFile, definition);
        var request = new ComposeRequest(definition, packages, BaseReader.Open(definition, BaseLayout))
        {
            ProjectFolder = ProjectFolder,
            OutputFolder = OutputFolder,
            ScratchFolder = ScratchFolder,
            Sandbox = SandboxPlace.Find(),
            Report = Report,
            Progress = line => Log.LogMessage(MessageImportance.Normal, line),
        };
        try
        {
            var cache = OpenCache();
            var image = new ManagedEngine(cache).Compose(request, Cancellation);
            Digest = image.Digest.ToString();
            AtomicFile.WriteWhenDifferent(DescriptorFile, ImageDescriptorFile.Write(definition, image));
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
}
