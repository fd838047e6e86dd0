using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NodeImage.Core.Digests;

namespace NodeImage.Oci.Images;

/// <summary>Points to a blob: OCI image specification, "Content Descriptors".</summary>
/// <param name="MediaType">What the blob is.</param>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record Descriptor(string MediaType, Sha256Digest Digest, long Size)
{
    /// <summary>What is said about the blob, sorted by key.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = OciJson.NoStrings;

    /// <summary>The platform that the blob is for, where it is a manifest in an index.</summary>
    public Platform? Platform { get; init; }

    internal static Descriptor Read(JsonNode? node)
    {
        var json = OciJson.Object(node, "descriptor");
        return new Descriptor(OciJson.Text(json, "mediaType"), OciJson.Digest(json, "digest"), OciJson.Number(json, "size"))
        {
            Annotations = OciJson.Strings(json["annotations"]),
            Platform = json["platform"] is { } platform ? Platform.Read(platform) : null,
        };
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["mediaType"] = MediaType,
            ["digest"] = Digest.ToString(),
            ["size"] = Size,
        };
        OciJson.AddStrings(json, "annotations", Annotations);
        if (Platform is not null)
        {
            json["platform"] = Platform.ToJson();
        }

        return json;
    }
}

/// <summary>What an image runs on.</summary>
/// <param name="Architecture">The architecture in Go's words: <c>amd64</c>, <c>arm64</c>, <c>s390x</c>, <c>ppc64le</c>.</param>
/// <param name="OperatingSystem">The operating system in Go's words, here always <c>linux</c>.</param>
public sealed record Platform(string Architecture, string OperatingSystem = "linux")
{
    internal static Platform Read(JsonNode node)
    {
        var json = OciJson.Object(node, "platform");
        return new Platform(OciJson.Text(json, "architecture"), OciJson.Text(json, "os"));
    }

    internal JsonObject ToJson() => new() { ["architecture"] = Architecture, ["os"] = OperatingSystem };
}
