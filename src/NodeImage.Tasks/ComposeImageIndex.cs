using Microsoft.Build.Framework;
using NodeImage.Core.IO;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>Puts an index over the images of several machine architectures.</summary>
public sealed class ComposeImageIndex : ImageTask
{
    /// <summary>The images' name.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The folders with the images' layouts.</summary>
    [Required]
    public string[] Layouts { get; set; } = [];

    /// <summary>The folder that the layout with all of them goes to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The file that describes the index to whoever references the project.</summary>
    [Required]
    public string DescriptorFile { get; set; } = "";

    /// <summary>Where that file is copied to in the end: it names the layout from there.</summary>
    [Required]
    public string DescriptorTarget { get; set; } = "";

    /// <summary>The index's digest.</summary>
    [Output]
    public string Digest { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var images = OciImageSet.Write(Layouts.Select(folder => OciLayout.Open(folder).ReadImage()), OutputFolder, OciLayout.OnlyName, Cancellation);
        Digest = images.Digest.ToString();
        AtomicFile.WriteWhenDifferent(DescriptorFile, ImageDescriptorFile.Write(Name, images, ImageDescriptorFile.Place(DescriptorTarget, OutputFolder)));
    }
}
