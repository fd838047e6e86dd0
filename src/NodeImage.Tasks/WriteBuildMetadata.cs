using Microsoft.Build.Framework;
using NodeImage.Compose.Metadata;
using NodeImage.Core.IO;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>Writes what coreos-assembler's tools know a build by, and lists what the build has left.</summary>
public sealed class WriteBuildMetadata : ImageTask
{
    /// <summary>The folder with the image's layout.</summary>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>The image's OCI archive, or empty where there is none.</summary>
    public string? ArchiveFile { get; set; }

    /// <summary>The file that is written. It is touched only when it changes.</summary>
    [Required]
    public string MetadataFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var image = OciLayout.Open(Layout).ReadImage();
        var folder = Path.GetDirectoryName(Path.GetFullPath(MetadataFile))!;
        var archive = string.IsNullOrEmpty(ArchiveFile) || !File.Exists(ArchiveFile) ? null : BuildArtifact.Of(ArchiveFile, folder);
        AtomicFile.WriteWhenDifferent(MetadataFile, BuildMetadata.Write(image, archive, BuildArtifact.Of(image.Layout.BlobPath(image.Digest), folder)));
    }
}
