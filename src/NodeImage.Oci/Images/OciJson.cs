using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodeImage.Core.Digests;

namespace NodeImage.Oci.Images;

/// <summary>Reads the JSON of manifests, configurations and indexes, and says what is wrong with it.</summary>
internal static class OciJson
{
    // Registries refuse manifests above 4 MiB; an honest one is a few kilobytes.
    public const int MaxDocumentSize = 4 << 20;

    public static readonly ImmutableSortedDictionary<string, string> NoStrings =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static JsonObject Parse(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            var json = Object(JsonNode.Parse(bytes, null, Options), what);
            ReadTexts(json);
            return json;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is no Unicode shows only when it is read.
            throw new InvalidDataException($"The {what} is not JSON: {e.Message}", e);
        }
    }

    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (_, value) in json)
                {
                    ReadTexts(value);
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                {
                    ReadTexts(element);
                }

                break;
            case JsonValue value:
                _ = value.TryGetValue<string>(out _);
                break;
        }
    }

    public static JsonObject Object(JsonNode? node, string what) =>
        node as JsonObject ?? throw new InvalidDataException($"The {what} is not a JSON object.");

    public static string Text(JsonObject json, string name) => OptionalText(json, name) ?? throw Missing(name, "a string");

    public static string? OptionalText(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long Number(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0 ? number : throw Missing(name, "a number");

    // The specification has digests in small letters only.
    public static Sha256Digest Digest(JsonObject json, string name) =>
        OptionalText(json, name) is { } text && Sha256Digest.TryParse(text, out var digest) && digest.ToString() == text ? digest : throw Missing(name, "a SHA-256 digest");

    public static IEnumerable<JsonNode?> Array(JsonObject json, string name) => json[name] is JsonArray array ? array : [];

    public static ImmutableArray<string> Texts(JsonNode? node) =>
        node is JsonArray array ? [.. array.Select(element => element is JsonValue value && value.TryGetValue<string>(out var text) ? text : "")] : [];

    public static ImmutableSortedDictionary<string, string> Strings(JsonNode? node)
    {
        var strings = NoStrings.ToBuilder();
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            if (value is JsonValue element && element.TryGetValue<string>(out var text))
            {
                strings[key] = text;
            }
        }

        return strings.ToImmutable();
    }

    public static void AddStrings(JsonObject json, string name, ImmutableSortedDictionary<string, string> strings)
    {
        if (strings.Count > 0)
        {
            json[name] = new JsonObject(strings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }
    }

    public static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static InvalidDataException Missing(string name, string kind) => new($"'{name}' is not {kind}.");
}
