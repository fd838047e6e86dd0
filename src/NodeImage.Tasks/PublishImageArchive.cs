using Microsoft.Build.Framework;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>Writes an image into an OCI archive.</summary>
public sealed class PublishImageArchive : ImageTask
{
    /// <summary>The folder with the image's layout.</summary>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>Where the archive goes.</summary>
    [Required]
    public string ArchiveFile { get; set; } = "";

    /// <summary>The repository that the image is named by in the archive.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The tags that it is named by.</summary>
    public string[] Tags { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var image = OciLayout.Open(Layout).ReadImage();
        OciArchive.Write(image, ArchiveFile, [.. Tags.Select(tag => $"{Repository}:{tag}")], Cancellation);
        Log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {ArchiveFile} ({image.Digest})");
    }
}
