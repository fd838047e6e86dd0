using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Layering;
using NodeImage.Compose.Metadata;
using NodeImage.Core.Cache;
using NodeImage.Core.Concurrency;
using NodeImage.Core.Files;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>Writes a finished tree as an image.</summary>
internal sealed class ImageWriter(ComposeRequest request, ComposeInputs inputs, ImageVersion version, ContentCache cache, CancellationToken cancellation)
{
    // As many as make an update small without making pulls of many small requests; a base and its node stay well below the
    // 127 layers that container stores allow.
    private const int BaseBuckets = 24;
    private const int LayeredBuckets = 4;
    private const int ExtensionsBuckets = 8;

    // The name that tools take unless one is given.

    private const int DefaultGzipLevel = 3;
    private const int DefaultZstdLevel = 3;

    private readonly List<WrittenLayer> _scanned = [];

    /// <summary>Gives the layers that have been made anew since it was last asked.</summary>
    public IReadOnlyList<WrittenLayer> TakeScanned()
    {
        WrittenLayer[] taken = [.. _scanned];
        _scanned.Clear();
        return taken;
    }

    /// <summary>Writes the layers that hold nothing but packages, which are found again when the whole image is written.</summary>
    /// <param name="tree">The tree, in which packages' files are final.</param>
    public void WritePackageLayers(FileTree tree) =>
        WriteLayers([.. Plan(new ComposedTree(tree, new HashSet<FileNode>())).Where(plan => plan.HoldsPackages)], new OciLayoutWriter(request.OutputFolder), _ => true);

    /// <summary>Writes the image into the request's layout.</summary>
    /// <param name="composed">The finished tree.</param>
    public OciImage Write(ComposedTree composed)
    {
        var plans = Plan(composed);
        var layout = new OciLayoutWriter(request.OutputFolder);
        var layers = WriteLayers(plans, layout, plan => !plan.HoldsPackages);
        var below = request.Base;
        foreach (var layer in below?.Manifest.Layers ?? [])
        {
            layout.Import(below!.Layout, layer);
        }

        var labels = ImageLabels.Of(request, version, inputs.Install.Select(package => package.Info));
        var config = ImageConfigFactory.Make(request.Definition, version, below?.Config, labels, [.. layers.Zip(plans, (layer, plan) => (layer, plan.CreatedBy))]);
        var manifest = new ImageManifest(layout.Add(MediaTypes.Config, config.Write()), [.. below?.Manifest.Layers ?? [], .. layers.Select(layer => layer.Descriptor)]);
        var descriptor = layout.Add(MediaTypes.Manifest, manifest.Write()) with
        {
            Platform = config.Platform,
            Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(ImageIndex.RefNameAnnotation, OciLayout.OnlyName),
        };
        var referenced = manifest.Blobs.Append(descriptor).Select(blob => blob.Digest).ToHashSet();
        layout.Commit([descriptor], referenced);
        return OciLayout.Open(request.OutputFolder).ReadImage();
    }

    private IReadOnlyList<LayerPlan> Plan(ComposedTree composed)
    {
        var difference = TreeDifference.Between(inputs.Base, composed.Tree);
        var planner = new LayerPlanner(SourceOf, isLayered: inputs.Base is not null, cancellation);
        var buckets = request.Definition.Kind switch
        {
            ImageKind.Base => BaseBuckets,
            ImageKind.Extensions => ExtensionsBuckets,
            _ => LayeredBuckets,
        };
        return planner.Plan(difference, buckets, composed.Metadata);
    }

    private WrittenLayer[] WriteLayers(IReadOnlyList<LayerPlan> plans, OciLayoutWriter layout, Func<LayerPlan, bool> isNews)
    {
        var settings = request.Definition.Container;
        var packages = new LayerWriter(
            cache,
            settings.Compression == LayerCompressionKind.Zstd
            ? LayerCompression.Zstd(settings.CompressionLevel ?? DefaultZstdLevel)
            : LayerCompression.Gzip(settings.CompressionLevel ?? DefaultGzipLevel),
            ComposeInputs.IsReadLater);

        // The metadata layer is read by tools of every age, so it is always gzip.
        var metadata = new LayerWriter(cache, LayerCompression.Gzip(DefaultGzipLevel));
        var layers = new WrittenLayer[plans.Count];
        var (written, all) = (0, plans.Count(isNews));

        AllCores.ForEach(Enumerable.Range(0, plans.Count).OrderByDescending(i => plans[i].Size), WriteOne, cancellation);
        _scanned.AddRange(layers.Where(layer => layer.Scan is not null));
        return layers;

        void WriteOne(int i)
        {
            layers[i] = (plans[i].CreatedBy == LayerPlanner.MetadataLayer ? metadata : packages).Write(plans[i], layout, cancellation);
            if (isNews(plans[i]))
            {
                request.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Layer {Interlocked.Increment(ref written)} of {all}: {layers[i].Descriptor.Size >> 10} KiB, {plans[i].CreatedBy}"));
            }
        }
    }

    private string SourceOf(string origin) => _sources.Value.GetValueOrDefault(origin, origin);

    private readonly Lazy<Dictionary<string, string>> _sources = new(() => inputs.Install
        .ToDictionary(package => package.Origin, package => SourceName(package.Info.SourceRpm) ?? package.Info.Nevra.Name, StringComparer.Ordinal));

    // "bash-5.1.8-9.el9.src.rpm" is bash.
    private static string? SourceName(string? sourceRpm) =>
        sourceRpm is not null && Rpm.Versions.Nevra.TryParse(sourceRpm.Replace(".rpm", "", StringComparison.Ordinal), out var nevra) ? nevra!.Name : null;
}

/// <summary>A tree that is ready to be written.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Metadata">The nodes that go into the last layer of their own.</param>
internal sealed record ComposedTree(FileTree Tree, IReadOnlySet<FileNode> Metadata);
