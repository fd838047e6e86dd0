using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Sandboxes;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Json;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Testing;

/// <summary>What a project says of the tests of its image, for whoever runs them: a task of the build, or a program of its own.</summary>
public sealed record ImageTestSettings
{
    /// <summary>The project's full path.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>The file with the image's definition.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>The folder with the image's layout.</summary>
    public required string Layout { get; init; }

    /// <summary>The folder with the base's layout, or null.</summary>
    public string? BaseLayout { get; init; }

    /// <summary>A folder for what is needed only while testing. Whoever runs the tests deletes it.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>The cache's folder.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>What a sandbox is started with.</summary>
    public required SandboxOptions Sandbox { get; init; }

    /// <summary>The project's own tests.</summary>
    public ImmutableArray<ImageTestScript> Scripts { get; init; } = [];

    /// <summary>Where the items of these tests stand, by the scripts' paths.</summary>
    public ImmutableSortedDictionary<string, SourcePlace> Places { get; init; } = ImmutableSortedDictionary<string, SourcePlace>.Empty;

    /// <summary>Reads settings that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="JsonException">They are not what was written.</exception>
    public static ImageTestSettings Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ImageTestJsonContext.Default.ImageTestSettings) ?? throw new JsonException("The settings are empty.");

    /// <summary>Writes the settings.</summary>
    /// <returns>The file's bytes.</returns>
    public byte[] Write() => CanonicalJson.Write(this, ImageTestJsonContext.Default.ImageTestSettings);

    /// <summary>Opens what is to be tested.</summary>
    /// <param name="filter">Which tests are run.</param>
    /// <returns>The tests.</returns>
    /// <exception cref="DiagnosticException">The image, or its base, is not there or is damaged.</exception>
    public ImageTestRequest Open(ImageTestFilter filter)
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        return new ImageTestRequest(OciLayout.Open(Layout).ReadImage(), definition)
        {
            Base = string.IsNullOrEmpty(BaseLayout) ? null : OciLayout.Open(BaseLayout).ReadImage(new Platform(Architectures.ToGo(definition.Architecture))),
            ProjectFolder = Path.GetDirectoryName(ProjectFile)!,
            ScratchFolder = ScratchFolder,
            Sandbox = Sandbox,
            Scripts = Scripts,
            Filter = filter,
        };
    }
}

/// <summary>How settings are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageTestSettings))]
internal sealed partial class ImageTestJsonContext : JsonSerializerContext;
