using Microsoft.Build.Framework;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Tasks.LocalStores;

namespace NodeImage.Tasks;

/// <summary>Loads an image into the containers of this machine, under its names.</summary>
public sealed class LoadImage : ImageTask
{
    /// <summary>The folder with the image's layout.</summary>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>The program that keeps containers, as <see cref="FindContainerTool"/> found it.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The architecture to take where there are several, in .NET's words.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary>The repository that the image is named by.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The tags that it is named by.</summary>
    [Required]
    public string[] Tags { get; set; } = [];

    /// <summary>A folder for the archive that is loaded.</summary>
    [Required]
    public string ScratchFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var tool = new ContainerTool(Enum.Parse<ContainerToolKind>(Tool, ignoreCase: true));
        string[] names = [.. Tags.Select(tag => $"{Repository}:{tag}")];
        var layout = OciLayout.Open(Layout);
        var architecture = Compose.Engines.Architectures.FromRuntimeIdentifier(RuntimeIdentifier ?? "");
        var image = layout.ReadImage(architecture is null ? null : new Platform(Compose.Engines.Architectures.ToGo(architecture)));
        var archive = Path.Combine(Directory.CreateDirectory(ScratchFolder).FullName, "image.tar");
        try
        {
            if (tool.Kind == ContainerToolKind.Docker)
            {
                DockerArchive.Write(image, archive, names, Cancellation);
            }
            else
            {
                OciArchive.Write(new OciImageSet(layout, image.Descriptor, [image]), archive, names, Cancellation);
            }

            var (status, output) = tool.Run(["load", "--input", archive], null, Cancellation);
            if (status != 0)
            {
                throw LocalStoreDiagnostics.LoadFailed.Error(null, tool.Program, status, output.Trim());
            }

            Log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {tool.Program} {string.Join(", ", names)} ({image.Digest})");
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
