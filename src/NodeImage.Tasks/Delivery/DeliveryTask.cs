using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks.Delivery;

/// <summary>What the tasks that deliver an image share: what is delivered, and what they tell of it, in the .NET SDK's own words.</summary>
public abstract class DeliveryTask : ImageTask
{
    /// <summary>The folder with the image's layout.</summary>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>The repository that the image is named by.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The tags that it is named by.</summary>
    [Required]
    public string[] Tags { get; set; } = [];

    /// <summary>The property <c>ContainerImageFormat</c>: <c>OCI</c>, <c>Docker</c>, or empty for OCI.</summary>
    public string? ImageFormat { get; set; }

    /// <summary>The manifest, or the index over several.</summary>
    [Output]
    public string GeneratedContainerManifest { get; set; } = "";

    /// <summary>The image's configuration; empty for an index.</summary>
    [Output]
    public string GeneratedContainerConfiguration { get; set; } = "";

    /// <summary>The digest of the manifest or index.</summary>
    [Output]
    public string GeneratedContainerDigest { get; set; } = "";

    /// <summary>The media type of the manifest or index.</summary>
    [Output]
    public string GeneratedContainerMediaType { get; set; } = "";

    /// <summary>The index; empty for a single image.</summary>
    [Output]
    public string GeneratedImageIndex { get; set; } = "";

    /// <summary>The full names under which the image has been delivered.</summary>
    [Output]
    public string[] GeneratedContainerNames { get; set; } = [];

    /// <summary>An item for each image, with the metadata <c>Manifest</c>, <c>Configuration</c>, <c>ManifestDigest</c> and <c>ManifestMediaType</c>.</summary>
    [Output]
    public ITaskItem[] GeneratedContainers { get; set; } = [];

    /// <summary>The format that is asked for.</summary>
    /// <exception cref="DiagnosticException">NI1007: there is no such format.</exception>
    protected ImageFormat Format => string.IsNullOrEmpty(ImageFormat)
        ? Oci.Formats.ImageFormat.Oci
        : ItemReader.Enum<ImageFormat>(ImageFormat) ?? throw TaskDiagnostics.BadProperty.Error(new ItemReference("ContainerImageFormat", ImageFormat), "ContainerImageFormat", ImageFormat, "OCI, Docker");

    /// <summary>The name that the user knows the image by.</summary>
    protected string ProjectName => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <summary>Names without a registry.</summary>
    protected IReadOnlyList<string> LocalNames => [.. Tags.Select(tag => $"{Repository}:{tag}")];

    /// <summary>Sets the outputs.</summary>
    /// <param name="images">What is delivered.</param>
    /// <param name="format">In whose words.</param>
    /// <param name="names">Under which names.</param>
    /// <returns>The digest by which it can be asked for.</returns>
    protected string Describe(OciImageSet images, ImageFormat format, IEnumerable<string> names)
    {
        FormattedManifest root;
        IReadOnlyList<FormattedManifest> manifests;
        if (images.IsIndex)
        {
            (root, manifests) = FormattedManifest.OfIndex(images.Images, format);
            GeneratedImageIndex = Text(root.Bytes.Span);
        }
        else
        {
            root = FormattedManifest.Of(images.Images[0], format);
            manifests = [root];
            GeneratedContainerConfiguration = Configuration(images.Images[0]);
        }

        GeneratedContainers = [.. images.Images.Zip(manifests, Item)];
        GeneratedContainerNames = [.. names];
        GeneratedContainerManifest = Text(root.Bytes.Span);
        GeneratedContainerMediaType = root.MediaType;
        return GeneratedContainerDigest = root.Digest.ToString();
    }

    /// <summary>Tells where the image has gone.</summary>
    /// <param name="target">The place.</param>
    protected void Announce(string target) => Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {target} ({GeneratedContainerDigest})");

    // What MSBuild takes for escapes in metadata stands for itself here.
    private static TaskItem Item(OciImage image, FormattedManifest manifest) => new("GeneratedContainer", new Dictionary<string, string>
    {
        ["Manifest"] = Escape(Text(manifest.Bytes.Span)),
        ["Configuration"] = Escape(Configuration(image)),
        ["ManifestDigest"] = manifest.Digest.ToString(),
        ["ManifestMediaType"] = manifest.MediaType,
    });

    private static string Configuration(OciImage image) => Text(image.Layout.ReadDocument(image.Manifest.Config));

    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal);

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
