using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Core.Digests;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Definition;

/// <summary>Definitions in their file's form: canonical JSON.</summary>
public static class DefinitionJson
{
    /// <summary>Writes a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(ImageDefinition definition) => CanonicalJson.Write(writer => DefinitionJsonContext.Default.Write(writer, definition));

    /// <summary>Reads a definition that <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <returns>The definition.</returns>
    public static ImageDefinition Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, DefinitionJsonContext.Default.ImageDefinition) ?? throw new InvalidDataException("The image definition is empty.");

    /// <summary>The digest of all that a project says.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The digest of its file's bytes.</returns>
    public static Sha256Digest DigestOf(ImageDefinition definition) => Sha256Digest.Of(Write(definition));
}

/// <summary>How definitions are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImageDefinition))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext
{
    /// <summary>
    /// Writes a definition by the generated code alone. By way of the serializer, tables of all properties would be made first, which
    /// only reading needs and which takes a tenth of a second in a process that has just started: each build is one.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="definition">The definition.</param>
    public void Write(Utf8JsonWriter writer, ImageDefinition definition) => ImageDefinitionSerializeHandler(writer, definition);
}
