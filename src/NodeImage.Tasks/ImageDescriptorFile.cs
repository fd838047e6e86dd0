using System.Text.Json.Nodes;
using NodeImage.Compose.Definition;
using NodeImage.Core.Json;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>The small file that stands for an image where MSBuild wants a file: it changes when, and only when, the image does.</summary>
internal static class ImageDescriptorFile
{
    /// <summary>Writes the description of an image.</summary>
    /// <param name="definition">What the image was made of.</param>
    /// <param name="image">The image.</param>
    /// <param name="layout">Where the image's layout is: see <see cref="Place"/>.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(ImageDefinition definition, OciImage image, string layout) => CanonicalJson.Write(new JsonObject
    {
        ["name"] = definition.Name,
        ["kind"] = definition.Kind.ToString(),
        ["targetFramework"] = definition.TargetFramework,
        ["architecture"] = definition.Architecture,
        ["version"] = image.Config.Labels.GetValueOrDefault("org.opencontainers.image.version"),
        ["digest"] = image.Digest.ToString(),
        ["layout"] = layout,
    });

    /// <summary>Writes the description of an index over images.</summary>
    /// <param name="name">The images' name.</param>
    /// <param name="images">The images.</param>
    /// <param name="layout">Where the layout with all of them is: see <see cref="Place"/>.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(string name, OciImageSet images, string layout) => CanonicalJson.Write(new JsonObject
    {
        ["name"] = name,
        ["architectures"] = new JsonArray([.. images.Images.Select(image => JsonValue.Create(image.Config.Platform.Architecture))]),
        ["digest"] = images.Digest.ToString(),
        ["layout"] = layout,
    });

    /// <summary>Says where a layout is, as seen from the file that describes it.</summary>
    /// <param name="descriptor">Where the file goes in the end.</param>
    /// <param name="layout">The layout's folder.</param>
    /// <returns>A relative path, with slashes, wherever there is one.</returns>
    public static string Place(string descriptor, string layout) =>
        Path.GetRelativePath(Path.GetDirectoryName(descriptor)!, Path.TrimEndingDirectorySeparator(layout)).Replace('\\', '/');
}
