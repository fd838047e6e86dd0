using System.Runtime.InteropServices;
using Microsoft.Build.Framework;
using NodeImage.Compose.Engines;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Tasks.LocalStores;

namespace NodeImage.Tasks.Delivery;

/// <summary>Loads an image into the containers of this machine, under its names. Where there are several, it is the one for this machine.</summary>
public sealed class LoadImage : DeliveryTask
{
    /// <summary>The program that keeps containers, as <see cref="FindContainerTool"/> found it.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The architecture to take where there are several, in .NET's words; empty for this machine's.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary>A folder for the archive that is loaded.</summary>
    [Required]
    public string ScratchFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var tool = new ContainerTool(Enum.Parse<ContainerToolKind>(Tool, ignoreCase: true));
        var image = Choose(OciLayout.Open(Layout));
        var single = new OciImageSet(image.Layout, image.Descriptor, [image]);
        var format = tool.Kind == ContainerToolKind.Docker ? Oci.Formats.ImageFormat.Docker : Oci.Formats.ImageFormat.Oci;
        Describe(single, format, LocalNames);
        var archive = Path.Combine(Directory.CreateDirectory(ScratchFolder).FullName, "image.tar");
        try
        {
            if (tool.Kind == ContainerToolKind.Docker)
            {
                DockerArchive.Write(image, archive, LocalNames, Cancellation);
                Run(tool, "load", "--input", archive);
            }
            else
            {
                Load(tool, single, archive);
            }
        }
        finally
        {
            Directory.Delete(ScratchFolder, recursive: true);
        }

        Announce($"{tool.Program} {string.Join(", ", LocalNames)}");
    }

    private OciImage Choose(OciLayout layout)
    {
        var images = layout.ReadAll();
        var runtime = string.IsNullOrEmpty(RuntimeIdentifier) ? $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}" : RuntimeIdentifier;
        var architecture = Architectures.FromRuntimeIdentifier(runtime);
        return images.Images.FirstOrDefault(image => architecture is not null && image.Config.Platform == new Platform(Architectures.ToGo(architecture))) ?? images.Images[0];
    }

    // Podman takes one image with one name from an OCI archive; the other names are given to it afterwards.
    private void Load(ContainerTool tool, OciImageSet image, string archive)
    {
        OciArchive.Write(image, archive, [LocalNames[0]], Cancellation);
        Run(tool, "load", "--input", archive);
        foreach (var name in LocalNames.Skip(1))
        {
            Run(tool, "tag", LocalNames[0], name);
        }
    }

    private void Run(ContainerTool tool, params string[] arguments)
    {
        var (status, output) = tool.Run(arguments, null, Cancellation);
        if (status != 0)
        {
            throw LocalStoreDiagnostics.LoadFailed.Error(null, tool.Program, status, output.Trim());
        }

        Log.LogMessage(MessageImportance.Normal, "{0}", output.Trim());
    }
}
