using System.Collections.Immutable;
using System.IO.Hashing;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Lints;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Cache;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>Takes over what a tool has built: looks at it as at every other image, and puts it where the image goes.</summary>
/// <param name="program">The tool, for diagnostics.</param>
/// <param name="request">What was asked for.</param>
/// <param name="version">The image's version and time.</param>
/// <param name="cache">Keeps what is known of layers.</param>
internal sealed class BuiltImage(string program, ComposeRequest request, ImageVersion version, ContentCache cache)
{
    private const int DefaultLevel = 3;

    /// <summary>Reads what was built.</summary>
    /// <param name="layout">The folder of its layout.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">It is damaged, for another platform, or does not stand on its base.</exception>
    public OciImage Read(string layout)
    {
        var image = OciLayout.Open(layout).ReadImage(new Platform(Architectures.ToGo(request.Definition.Architecture)));
        return request.Base is not { } below || image.Config.DiffIds.Take(below.Config.DiffIds.Length).SequenceEqual(below.Config.DiffIds)
            ? image
            : throw ContainerDiagnostics.NotOnBase.Error(null, program);
    }

    /// <summary>Holds it to the rules of every image.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">It breaks some.</exception>
    public void Check(OciImage image, CancellationToken cancellation)
    {
        var tree = ComposeInputs.ReadTree(image, cache, cancellation);
        LintList.Check(new ComposeContext
        {
            Definition = request.Definition,
            ProjectFolder = request.ProjectFolder,
            Machine = new ScriptletMachine(tree, new AccountDatabase(tree), version.Time),
            Base = request.Base is { } below ? ComposeInputs.ReadTree(below, cache, cancellation) : null,
            Version = version.Version,
            Report = request.Report,
        });
    }

    /// <summary>Writes it into the request's layout. Layers of the base are the base's own; what is not compressed yet is.</summary>
    public OciImage Write(OciImage image, CancellationToken cancellation)
    {
        var layout = new OciLayoutWriter(request.OutputFolder);
        var layers = ImmutableArray.CreateBuilder<Descriptor>();
        for (var i = 0; i < image.Manifest.Layers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            layers.Add(i < request.Base?.Manifest.Layers.Length
                ? Import(layout, request.Base.Layout, request.Base.Manifest.Layers[i])
                : Take(layout, image, i));
        }

        layout.Import(image.Layout, image.Manifest.Config);
        var manifest = new ImageManifest(image.Manifest.Config, layers.ToImmutable());
        var descriptor = layout.Add(MediaTypes.Manifest, manifest.Write()) with
        {
            Platform = image.Config.Platform,
            Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(ImageIndex.RefNameAnnotation, OciLayout.OnlyName),
        };
        layout.Commit([descriptor], manifest.Blobs.Append(descriptor).Select(blob => blob.Digest).ToHashSet());
        return OciLayout.Open(request.OutputFolder).ReadImage();
    }

    private static Descriptor Import(OciLayoutWriter layout, OciLayout source, Descriptor blob)
    {
        layout.Import(source, blob);
        return blob;
    }

    private Descriptor Take(OciLayoutWriter layout, OciImage image, int number)
    {
        var layer = image.Manifest.Layers[number];
        if (layer.MediaType != MediaTypes.Layer)
        {
            return Import(layout, image.Layout, layer);
        }

        var settings = request.Definition.Container;
        var isLast = number == image.Manifest.Layers.Length - 1 && request.Base is not null;

        // The metadata layer is read by tools of every age, so it is always gzip.
        var compression = settings.Compression == LayerCompressionKind.Zstd && !isLast
            ? LayerCompression.Zstd(settings.CompressionLevel ?? DefaultLevel)
            : LayerCompression.Gzip(settings.Compression == LayerCompressionKind.Gzip ? settings.CompressionLevel ?? DefaultLevel : DefaultLevel);
        using var blob = layout.Begin();
        compression.WriteHead(blob);
        var crc = new Crc32();
        compression.CompressPiece(blob, piece => image.Layout.ReadBlob(layer, tar => Copy(tar, piece, crc)));
        compression.WriteTail(blob, crc.GetCurrentHashAsUInt32(), layer.Size);
        return blob.Keep(compression.MediaType);
    }

    private static void Copy(Stream from, Stream to, Crc32 crc)
    {
        var buffer = new byte[1 << 17];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            crc.Append(buffer.AsSpan(0, read));
            to.Write(buffer, 0, read);
        }
    }
}
