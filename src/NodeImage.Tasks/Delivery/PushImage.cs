using Microsoft.Build.Framework;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Blobs;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;

namespace NodeImage.Tasks.Delivery;

/// <summary>Pushes an image, or several under an index, to a registry. The registry is always asked; only what it lacks is sent.</summary>
public sealed class PushImage : DeliveryTask
{
    /// <summary>The registry.</summary>
    [Required]
    public string Registry { get; set; } = "";

    /// <summary>A file with the certificates of authorities that are trusted besides the platform's, or empty.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>Images in registries, usually the base, from whose repositories layers need not be sent; what is no name of one is passed over.</summary>
    public string[] MountFrom { get; set; } = [];

    /// <summary>The folder that the build was started in.</summary>
    [Required]
    public string StartFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var subject = new ItemReference("ContainerRegistry", Registry);
        var registry = RegistryName.Parse(Registry, subject);
        var repository = RegistryRepository.Create(registry, Repository, subject);
        var images = OciLayout.Open(Layout).ReadAll();
        string[] names = [.. Tags.Select(tag => $"{repository}:{tag}")];
        Describe(images, Format, names);
        var request = new PushRequest(repository, [.. Tags])
        {
            MountFrom = [.. MountFrom.Select(Repositories).OfType<RegistryRepository>()],
            Format = Format,
            Arrived = Arrived,
        };
        var blobs = images.Images.SelectMany(image => image.Manifest.Blobs).DistinctBy(blob => blob.Digest).ToList();
        Log.LogMessage(MessageImportance.Normal, "{0}", $"{ProjectName}: {blobs.Count} blobs, {Sizes.Text(blobs.Sum(blob => blob.Size))}, for {repository}");
        using var client = RegistryPlace.Connect(registry, forPush: true, CertificateAuthority, StartFolder, subject);
        var pushed = PushAsync(new ImagePusher(client), images, request).GetAwaiter().GetResult();
        Log.LogMessage(MessageImportance.Normal, "{0}", $"{ProjectName}: {pushed.Sent} blobs sent, {pushed.Mounted} taken from another repository, {pushed.AlreadyThere} there before");
        Announce(string.Join(", ", names));
    }

    private Task<PushedImage> PushAsync(ImagePusher pusher, OciImageSet images, PushRequest request)
    {
        var progress = new TransferReporter((done, total) => Log.LogMessage(MessageImportance.Normal, "{0}", $"{ProjectName}: {Sizes.Text(done)} of {Sizes.Text(total)} there, {Sizes.Text(total - done)} left"), TimeProvider.System);
        return images.IsIndex ? pusher.PushIndexAsync(images.Images, request, progress, Cancellation) : pusher.PushAsync(images.Images[0], request, progress, Cancellation);
    }

    private void Arrived(Descriptor blob, BlobFate fate)
    {
        var what = fate switch
        {
            BlobFate.Sent => "sent",
            BlobFate.Mounted => "taken from another repository",
            _ => "there before",
        };
        Log.LogMessage(MessageImportance.Normal, "{0}", $"{ProjectName}: {blob.Digest} ({Sizes.Text(blob.Size)}) {what}");
    }

    private static RegistryRepository? Repositories(string name)
    {
        try
        {
            return ImageReference.Parse(name).Repository;
        }
        catch (DiagnosticException)
        {
            // A folder or an archive, for instance.
            return null;
        }
    }
}
