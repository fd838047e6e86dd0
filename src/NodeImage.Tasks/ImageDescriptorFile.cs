using System.Text.Json.Nodes;
using NodeImage.Compose.Definition;
using NodeImage.Core.Json;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>The small file that stands for an image where MSBuild wants a file: it changes when, and only when, the image does.</summary>
internal static class ImageDescriptorFile
{
    public static byte[] Write(ImageDefinition definition, OciImage image) => CanonicalJson.Write(new JsonObject
    {
        ["name"] = definition.Name,
        ["kind"] = definition.Kind.ToString(),
        ["targetFramework"] = definition.TargetFramework,
        ["architecture"] = definition.Architecture,
        ["version"] = image.Config.Labels.GetValueOrDefault("org.opencontainers.image.version"),
        ["digest"] = image.Digest.ToString(),
        ["layout"] = "image",
    });

    public static byte[] Write(string name, OciImageSet images) => CanonicalJson.Write(new JsonObject
    {
        ["name"] = name,
        ["architectures"] = new JsonArray([.. images.Images.Select(image => JsonValue.Create(image.Config.Platform.Architecture))]),
        ["digest"] = images.Digest.ToString(),
        ["layout"] = "image",
    });
}
