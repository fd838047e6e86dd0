using System.Text.Json.Nodes;

namespace NodeImage.Oci.Images;

/// <summary>One step in the making of an image.</summary>
/// <param name="Created">When it was taken, in seconds since 1970.</param>
/// <param name="CreatedBy">What was done.</param>
/// <param name="EmptyLayer">Whether it made no layer.</param>
public sealed record HistoryEntry(long Created, string CreatedBy, bool EmptyLayer = false)
{
    /// <summary>A remark, or null.</summary>
    public string? Comment { get; init; }

    internal static HistoryEntry Read(JsonNode? node)
    {
        var json = OciJson.Object(node, "history entry");
        return new HistoryEntry(
            ImageConfig.ReadTime(OciJson.OptionalText(json, "created")),
            OciJson.OptionalText(json, "created_by") ?? "",
            json["empty_layer"] is JsonValue value && value.TryGetValue<bool>(out var empty) && empty)
        {
            Comment = OciJson.OptionalText(json, "comment"),
        };
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["created"] = OciJson.Time(Created), ["created_by"] = CreatedBy };
        if (Comment is not null)
        {
            json["comment"] = Comment;
        }

        if (EmptyLayer)
        {
            json["empty_layer"] = true;
        }

        return json;
    }
}
