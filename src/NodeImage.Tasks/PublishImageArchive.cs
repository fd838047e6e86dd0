using Microsoft.Build.Framework;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>Writes an image, or several under an index, into an OCI archive.</summary>
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
        var images = OciLayout.Open(Layout).ReadAll();
        OciArchive.Write(images, ArchiveFile, [.. Tags.Select(tag => $"{Repository}:{tag}")], Cancellation);
        Log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {ArchiveFile} ({images.Digest})");
    }
}
