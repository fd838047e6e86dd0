using System.Collections.Immutable;
using NodeImage.Compose.Layering;
using NodeImage.Core.Cache;
using NodeImage.Core.Files;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Tests.Support;

/// <summary>Writes images into a folder that goes with the test, as the composer does.</summary>
internal sealed class TestImage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Root;

    public string this[string relative] => _folder[relative];

    public ContentCache Cache(string name = "cache") => new(_folder[name], TimeProvider.System);

    /// <summary>Writes the trees as an image, each one the difference from the one before.</summary>
    public OciImage Write(string layout, IReadOnlyList<FileTree> trees, LayerCompression? compression = null, int buckets = 3, string cache = "cache")
    {
        var writer = new LayerWriter(Cache(cache), compression ?? LayerCompression.Gzip(4));
        var output = new OciLayoutWriter(_folder[layout]);
        var layers = new List<WrittenLayer>();
        FileTree? below = null;
        foreach (var tree in trees)
        {
            var planner = new LayerPlanner(origin => origin, isLayered: below is not null, CancellationToken.None);
            var plans = planner.Plan(TreeDifference.Between(below, tree), buckets, ImmutableHashSet<FileNode>.Empty);
            layers.AddRange(plans.Select(plan => writer.Write(plan, output, CancellationToken.None)));
            below = tree;
        }

        return Finish(output, layers);
    }

    /// <summary>Writes an image of given layers.</summary>
    public static OciImage Finish(OciLayoutWriter output, IReadOnlyList<WrittenLayer> layers, ImageConfig? config = null)
    {
        config ??= new ImageConfig
        {
            Platform = new Platform("amd64"),
            Created = 1_700_000_000,
            Command = ["/sbin/init"],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("containers.bootc", "1"),
        };
        config = config with
        {
            DiffIds = [.. layers.Select(layer => layer.DiffId)],
            History = [.. layers.Select((_, i) => new HistoryEntry(1_700_000_000, $"layer {i}"))],
        };
        var manifest = new ImageManifest(output.Add(MediaTypes.Config, config.Write()), [.. layers.Select(layer => layer.Descriptor)]);
        var descriptor = output.Add(MediaTypes.Manifest, manifest.Write()) with
        {
            Platform = config.Platform,
            Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(ImageIndex.RefNameAnnotation, "latest"),
        };
        output.Commit([descriptor], manifest.Layers.Append(manifest.Config).Append(descriptor).Select(blob => blob.Digest).ToHashSet());
        return OciLayout.Open(output.Folder).ReadImage();
    }

    public FileTree Read(OciImage image, string cache = "read-cache") => ImageTree.Read(image, Cache(cache), _ => true, CancellationToken.None);

    public void Dispose() => _folder.Dispose();
}
