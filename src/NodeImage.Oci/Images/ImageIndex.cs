using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NodeImage.Core.Json;

namespace NodeImage.Oci.Images;

/// <summary>An image index: OCI image specification, "Image Index".</summary>
/// <param name="Manifests">The manifests that it lists.</param>
public sealed record ImageIndex(ImmutableArray<Descriptor> Manifests)
{
    /// <summary>The annotation that names a manifest in a layout's index.</summary>
    public const string RefNameAnnotation = "org.opencontainers.image.ref.name";

    /// <summary>Reads an index.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The index.</returns>
    /// <exception cref="InvalidDataException">It is not an index.</exception>
    public static ImageIndex Read(ReadOnlySpan<byte> bytes)
    {
        var json = OciJson.Parse(bytes, "image index");
        return new ImageIndex([.. OciJson.Array(json, "manifests").Select(Descriptor.Read)]);
    }

    /// <summary>Writes the index.</summary>
    /// <param name="mediaType">What it says that it is.</param>
    /// <returns>The bytes, the same for the same index.</returns>
    public byte[] Write(string mediaType = MediaTypes.Index) => CanonicalJson.WriteCompact(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = mediaType,
        ["manifests"] = new JsonArray([.. Manifests.Select(manifest => manifest.ToJson())]),
    });
}
