using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Compose.Definition;

namespace NodeImage.Compose.References;

/// <summary>
/// The graph of projects that MSBuild hands to NuGet in a file (<c>dgspec.json</c>), as <c>dotnet package add</c> has it written. NuGet
/// writes a target framework's short name into it, but reads back only short names of its own frameworks; full names it reads of any.
/// </summary>
public static class RestoreGraph
{
    private const string Framework = "framework";

    /// <summary>Gives the frameworks of images the names that NuGet reads.</summary>
    /// <param name="graph">The file's content.</param>
    /// <returns>The same graph, with <c>NodeImage,Version=v9.6,Profile=rhel9</c> for <c>nodeimage96-rhel9</c>.</returns>
    /// <exception cref="System.Text.Json.JsonException">The content is no JSON.</exception>
    public static byte[] NameFrameworks(ReadOnlySpan<byte> graph)
    {
        var root = JsonNode.Parse(graph);
        foreach (var project in Values(root?["projects"]))
        {
            foreach (var framework in Values(project["frameworks"]).Concat(Values(project["restore"]?["frameworks"])))
            {
                Name(framework);
            }
        }

        return Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "");
    }

    private static void Name(JsonObject framework)
    {
        if (framework[Framework] is not null && (string?)framework["targetAlias"] is { } alias && OSRelease.TryParse(alias, out var release))
        {
            framework[Framework] = release.FrameworkName;
        }
    }

    private static IEnumerable<JsonObject> Values(JsonNode? node) => node is JsonObject values ? values.Select(value => value.Value).OfType<JsonObject>() : [];
}
