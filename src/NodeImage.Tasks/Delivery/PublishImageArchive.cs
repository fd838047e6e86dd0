using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks.Delivery;

/// <summary>Writes an image, or several under an index, into an archive; one that holds just that already is left alone.</summary>
public sealed class PublishImageArchive : DeliveryTask
{
    /// <summary>Where the archive goes.</summary>
    [Required]
    [Output]
    public string ArchiveFile { get; set; } = "";

    /// <summary>The file that remembers what the archive holds.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var images = OciLayout.Open(Layout).ReadAll();

        // Docker's archives hold no index; the .NET SDK, too, writes several images in OCI's form only.
        var format = images.IsIndex ? Oci.Formats.ImageFormat.Oci : Format;
        Describe(images, format, LocalNames);
        if (File.Exists(StampFile) && File.ReadAllText(StampFile) == Stamp(format))
        {
            Log.LogMessage(MessageImportance.Normal, "{0}", $"{ProjectName}: {ArchiveFile} is up to date");
            Announce(ArchiveFile);
            return;
        }

        if (Directory.Exists(ArchiveFile))
        {
            throw TaskDiagnostics.FileAccess.Error(new ItemReference("ContainerArchiveOutputPath", ArchiveFile), $"'{ArchiveFile}' is a folder.");
        }

        if (format == Oci.Formats.ImageFormat.Docker)
        {
            DockerArchive.Write(images.Images[0], ArchiveFile, LocalNames, Cancellation);
        }
        else
        {
            OciArchive.Write(images, ArchiveFile, LocalNames, Cancellation);
        }

        AtomicFile.WriteAllBytes(StampFile, Encoding.UTF8.GetBytes(Stamp(format)));
        Announce(ArchiveFile);
    }

    // What the archive is to hold, and what tells that nobody has changed it since.
    private string Stamp(ImageFormat format)
    {
        var file = new FileInfo(ArchiveFile);
        var state = file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "-";
        return string.Join('\n', [ArchiveFile, state, GeneratedContainerDigest, format.ToString(), .. LocalNames]);
    }
}
