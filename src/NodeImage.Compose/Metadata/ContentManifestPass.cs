using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Compose.Passes;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Metadata;

/// <summary>Writes for scanners which content sets the packages come from (atomic-reactor's <c>content_manifest.json</c>), where the project names some.</summary>
internal sealed class ContentManifestPass : IComposePass
{
    private const string Path = "/usr/share/buildinfo/content_manifest.json";
    private const string Specification = "https://raw.githubusercontent.com/containerbuildsystem/atomic-reactor/master/atomic_reactor/schemas/content_manifest.json";

    public void Apply(ComposeContext context)
    {
        if (context.Definition.Metadata.ContentSets.IsEmpty)
        {
            return;
        }

        var manifest = new JsonObject
        {
            ["metadata"] = new JsonObject { ["icm_version"] = 1, ["icm_spec"] = Specification, ["image_layer_index"] = 1 },
            ["content_sets"] = new JsonArray([.. context.Definition.Metadata.ContentSets.Select(set => (JsonNode?)set)]),
            ["image_contents"] = new JsonArray(),
        };
        context.WriteText(Path, Encoding.UTF8.GetString(CanonicalJson.Write(manifest)));
    }
}
