using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;

namespace NodeImage.Fuzz.Targets;

/// <summary>Image layouts: their index, a manifest, a configuration and a layer, each with the digest of what it came to.</summary>
internal sealed class LayoutTarget : Target
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("nodeimage-fuzz-");

    public LayoutTarget() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(recursive: true);

    public override string Name => "layout";

    // The first byte says what the rest is.
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0, .. TarTarget.Sample(longNames: false)], [0, .. TarTarget.Sample(longNames: true)],
        [1, .. Config(Sha256Digest.Of(TarTarget.Sample(longNames: false)))],
        [2, .. Manifest(Sha256Digest.Of("config"u8), 6, Sha256Digest.Of("layer"u8), 5)],
        [3, .. new ImageIndex([new Descriptor(MediaTypes.Manifest, Sha256Digest.Of("m"u8), 1) { Platform = new Platform("amd64") }]).Write()],
    ];

    public override void Read(byte[] input)
    {
        var kind = input.Length == 0 ? 0 : input[0] & 3;
        var content = input.Length == 0 ? [] : input[1..];
        var blobs = Directory.CreateDirectory(Path.Combine(Folder.FullName, "blobs", "sha256")).FullName;
        foreach (var file in Directory.EnumerateFiles(blobs))
        {
            File.Delete(file);
        }

        var layer = kind == 0 ? content : TarTarget.Sample(longNames: false);
        var config = kind == 1 ? content : Config(Sha256Digest.Of(layer));
        var manifest = kind == 2 ? content : Manifest(Add(blobs, config), config.Length, Add(blobs, layer), layer.Length);
        var index = kind == 3 ? content : new ImageIndex([new Descriptor(MediaTypes.Manifest, Add(blobs, manifest), manifest.Length)]).Write();
        File.WriteAllText(Path.Combine(Folder.FullName, OciLayout.MarkerFile), OciLayout.Marker);
        File.WriteAllBytes(Path.Combine(Folder.FullName, OciLayout.IndexFile), index);
        try
        {
            var image = OciLayout.Open(Folder.FullName).ReadImage();
            var tree = ImageTree.Read(image, new ContentCache(Path.Combine(Folder.FullName, "cache"), TimeProvider.System), entry => entry.Size < 100, CancellationToken.None);
            foreach (var node in tree.Walk().Where(node => node.Inode.Content is not null).Take(20).ToList())
            {
                node.Inode.Content!.ReadAllBytes(1 << 20);
            }
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.All(inner => inner is DiagnosticException))
        {
        }
        finally
        {
            if (Directory.Exists(Path.Combine(Folder.FullName, "cache")))
            {
                Directory.Delete(Path.Combine(Folder.FullName, "cache"), recursive: true);
            }
        }
    }

    private static Sha256Digest Add(string blobs, byte[] content)
    {
        var digest = Sha256Digest.Of(content);
        File.WriteAllBytes(Path.Combine(blobs, digest.Hex), content);
        return digest;
    }

    private static byte[] Config(Sha256Digest diffId) => new ImageConfig
    {
        Platform = new Platform("amd64"),
        Labels = ImageIndexLabels,
        DiffIds = [diffId],
        History = [new HistoryEntry(5, "a")],
        Environment = ["A=b"],
        ExposedPorts = ["80/tcp"],
    }.Write();

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> ImageIndexLabels { get; } =
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("k", "v");

    private static byte[] Manifest(Sha256Digest config, long configSize, Sha256Digest layer, long layerSize) =>
        new ImageManifest(new Descriptor(MediaTypes.Config, config, configSize), [new Descriptor(MediaTypes.Layer, layer, layerSize)]).Write();
}
