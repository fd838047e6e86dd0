using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Passes;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Metadata;

/// <summary>
/// Writes what scanners that see an image's files only would else miss: some of its labels, as a file. It is written where the
/// project gives both names that it must have, as <c>scripts/generate-labels</c> of openshift/os does.
/// </summary>
internal sealed class LabelsFilePass : IComposePass
{
    private const string Path = "/usr/share/buildinfo/labels.json";

    public void Apply(ComposeContext context)
    {
        if (context.Definition.Metadata is not { CatalogName: { } name, Cpe: { } cpe })
        {
            return;
        }

        var labels = new JsonObject
        {
            [LabelNames.Architecture] = Architectures.ToGo(context.Definition.Architecture),
            [LabelNames.Cpe] = cpe,
            [LabelNames.Name] = name,
            [LabelNames.Created] = CommonLabels.Time(context.Time),
        };
        context.WriteText(Path, Encoding.UTF8.GetString(CanonicalJson.Write(labels)));
    }
}
