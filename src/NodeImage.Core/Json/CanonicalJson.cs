using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace NodeImage.Core.Json;

/// <summary>
/// JSON that has one form only: members sorted by name byte for byte, two spaces of indentation, line feeds, UTF-8, and a
/// line feed at the end. Files in this form can be digested, compared and read by people.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => Write(JsonSerializer.SerializeToNode(value, type), indented: true);

    /// <summary>Writes what a writer is given.</summary>
    /// <param name="write">Writes one value, in any order of members.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            write(writer);
        }

        return Write(JsonNode.Parse(buffer.WrittenSpan), indented: true);
    }

    /// <summary>Writes a value without any white space, as OCI blobs are.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The bytes, without a final line feed.</returns>
    public static byte[] WriteCompact(JsonNode? node) => Write(node, indented: false);

    /// <summary>Writes a value in the form that people read.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The bytes, with a final line feed.</returns>
    public static byte[] Write(JsonNode? node) => Write(node, indented: true);

    private static byte[] Write(JsonNode? node, bool indented)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, indented ? Indented : Compact))
        {
            Write(writer, node);
        }

        if (indented)
        {
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
