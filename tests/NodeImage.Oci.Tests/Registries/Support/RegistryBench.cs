using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>A registry, a client that speaks with it, and a folder for layouts.</summary>
internal sealed class RegistryBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RegistryClient> _clients = [];

    public FakeRegistry Registry { get; } = new();

    public EagerTime Time { get; } = new();

    public RegistryRepository Repository { get; } = ImageReference.Parse($"{FakeRegistry.Host}/team/node").Repository;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string this[string name] => _folder[name];

    public RegistryOptions Options => new() { Time = Time, Random = new Random(1) };

    public ImageReference Reference(string tag) => ImageReference.OfTag(Repository, tag);

    public RegistryClient Client(Func<RegistryOptions, RegistryOptions>? change = null)
    {
        var client = new RegistryClient(change?.Invoke(Options) ?? Options, Registry);
        _clients.Add(client);
        return client;
    }

    public RegistryClient Client(RegistryCredential credential) =>
        Client(options => options with { Credentials = new FixedCredentials(Repository.Registry, credential) });

    /// <summary>Bytes that depend on the seed alone.</summary>
    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes an image whose layers are made up.</summary>
    public OciImage WriteImage(string layout, params byte[][] layers)
    {
        var output = new OciLayoutWriter(_folder[layout]);
        return TestImage.Finish(output, [.. layers.Select(layer => new WrittenLayer(output.Add(MediaTypes.LayerGzip, layer), Sha256Digest.Of(layer)))]);
    }

    public OciImage WriteImage(string layout, Platform platform, params byte[][] layers)
    {
        var output = new OciLayoutWriter(_folder[layout]);
        return TestImage.Finish(output, [.. layers.Select(layer => new WrittenLayer(output.Add(MediaTypes.LayerGzip, layer), Sha256Digest.Of(layer)))], new ImageConfig { Platform = platform });
    }

    /// <summary>Puts an image into the registry without asking it.</summary>
    public Descriptor Seed(OciImage image, string tag, string repository = "team/node")
    {
        foreach (var blob in image.Manifest.Layers.Append(image.Manifest.Config))
        {
            Registry.AddBlob(repository, File.ReadAllBytes(image.Layout.BlobPath(blob.Digest)), blob.MediaType);
        }

        return Registry.AddManifest(repository, tag, File.ReadAllBytes(image.Layout.BlobPath(image.Digest)));
    }

    public Task<PushedImage> PushAsync(OciImage image, PushRequest? request = null, RegistryClient? client = null, IProgress<TransferProgress>? progress = null) =>
        new ImagePusher(client ?? Client()).PushAsync(image, request ?? new PushRequest(Repository, ["9.6"]), progress, Cancellation);

    public Task<PulledImage> PullAsync(string tag, string layout, RegistryClient? client = null, string architecture = "amd64") =>
        new ImagePuller(client ?? Client()).PullAsync(Reference(tag), new Platform(architecture), new OciLayoutWriter(_folder[layout]), null, Cancellation);

    /// <summary>What something fails with.</summary>
    public static async Task<Diagnostic> FailureAsync(Func<Task> action)
    {
        var diagnostic = (await Assert.ThrowsAsync<DiagnosticException>(action)).Diagnostic;
        Assert.DoesNotContain("secret", diagnostic.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(diagnostic.Message, char.IsControl);
        return diagnostic;
    }

    /// <summary>A header as basic authentication has it.</summary>
    public static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _folder.Dispose();
    }
}
