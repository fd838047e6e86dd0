using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NodeImage.Core.Json;

namespace NodeImage.Oci.Images;

/// <summary>An image manifest: OCI image specification, "Image Manifest".</summary>
/// <param name="Config">The image's configuration.</param>
/// <param name="Layers">The layers, the lowest first.</param>
public sealed record ImageManifest(Descriptor Config, ImmutableArray<Descriptor> Layers)
{
    /// <summary>What is said about the image, sorted by key.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = OciJson.NoStrings;

    /// <summary>What the image is made of beside the manifest itself: its layers, the lowest first, and its configuration.</summary>
    public IEnumerable<Descriptor> Blobs => Layers.Append(Config);

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">Its bytes, already held to their digest.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidDataException">It is not a manifest.</exception>
    public static ImageManifest Read(ReadOnlySpan<byte> bytes)
    {
        var json = OciJson.Parse(bytes, "image manifest");
        return new ImageManifest(Descriptor.Read(json["config"]), [.. OciJson.Array(json, "layers").Select(Descriptor.Read)])
        {
            Annotations = OciJson.Strings(json["annotations"]),
        };
    }

    /// <summary>Writes the manifest.</summary>
    /// <param name="mediaType">What it says that it is.</param>
    /// <returns>The bytes, the same for the same manifest.</returns>
    public byte[] Write(string mediaType = MediaTypes.Manifest)
    {
        var json = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = mediaType,
            ["config"] = Config.ToJson(),
            ["layers"] = new JsonArray([.. Layers.Select(layer => layer.ToJson())]),
        };
        OciJson.AddStrings(json, "annotations", Annotations);
        return CanonicalJson.WriteCompact(json);
    }
}
