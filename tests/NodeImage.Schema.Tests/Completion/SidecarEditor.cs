using System.Text.Json.Nodes;
using System.Xml.Linq;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Completion;

/// <summary>
/// Completes as the MSBuild editor does: it resolves the SDK of a project, follows imports, and reads beside each file the
/// one with <c>.buildschema.json</c> at its end.
/// </summary>
internal sealed class SidecarEditor
{
    private readonly List<JsonObject> _sidecars = [];

    public SidecarEditor(string sdkFolder) => Follow([Path.Combine(sdkFolder, "Sdk.props"), Path.Combine(sdkFolder, "Sdk.targets")]);

    /// <summary>The editor with the SDK of this checkout.</summary>
    public static SidecarEditor Here { get; } = new(Checkout.At("sdk/Sdk"));

    /// <summary>What is offered where a text has <c>|</c>.</summary>
    public IReadOnlyList<Offer> At(string text) => Caret.In(text) switch
    {
        { Kind: CaretKind.Element, Path: [.., "PropertyGroup"] } => Members("properties"),
        { Kind: CaretKind.Element, Path: [.., "ItemGroup"] } => Members("items"),
        { Kind: CaretKind.Element, Path: [.., "ItemGroup", var item] } => Metadata(item).Select(ToOffer).ToList(),
        { Kind: CaretKind.Attribute, Path: [.., "ItemGroup", var item] } => Metadata(item).Select(ToOffer).ToList(),
        { Kind: CaretKind.AttributeValue, Path: [.., "ItemGroup", var item], Attribute: { } name } => Values(Metadata(item).FirstOrDefault(metadata => metadata.Key == name).Value),
        { Kind: CaretKind.Text, Path: [.., "PropertyGroup", var property] } => Values(All("properties").FirstOrDefault(member => member.Key == property).Value),
        { Kind: CaretKind.Text, Path: [.., "ItemGroup", var item, var name] } => Values(Metadata(item).FirstOrDefault(metadata => metadata.Key == name).Value),
        { Kind: CaretKind.AttributeValue, Path: [.., "Target"], Attribute: "AfterTargets" or "BeforeTargets" or "DependsOnTargets" } => Members("targets"),
        _ => [],
    };

    // Imports whose paths the editor can tell: those beside the file, and those in folders that the SDK itself names.
    private void Follow(IEnumerable<string> files)
    {
        var pending = new Queue<string>(files);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out var file))
        {
            if (!seen.Add(file) || !File.Exists(file))
            {
                continue;
            }

            if (File.Exists(file + ".buildschema.json"))
            {
                _sidecars.Add(JsonNode.Parse(File.ReadAllText(file + ".buildschema.json"))!.AsObject());
            }

            var sdk = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, ".."));
            foreach (var import in XDocument.Load(file).Descendants("Import").Where(import => import.Attribute("Sdk") is null).Select(import => (string)import.Attribute("Project")!))
            {
                pending.Enqueue(Path.GetFullPath(Path.Combine(
                    Path.GetDirectoryName(file)!,
                    import.Replace("$(NodeImageSdkFolder)", sdk + "/", StringComparison.Ordinal).Replace("$(NodeImageTargetsFolder)", sdk + "/targets/", StringComparison.Ordinal))));
            }
        }
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> All(string section) => _sidecars.SelectMany(sidecar => sidecar[section]?.AsObject() ?? []);

    private List<Offer> Members(string section) => [.. All(section).Select(ToOffer)];

    private IEnumerable<KeyValuePair<string, JsonNode?>> Metadata(string item) =>
    [
        .. All("items").Where(member => member.Key == item).SelectMany(member => member.Value!["metadata"]?.AsObject() ?? []),
        .. _sidecars.SelectMany(sidecar => sidecar["metadata"]?.AsArray() ?? [])
            .Where(group => (string?)group!["$appliesTo"] == item)
            .SelectMany(group => group!.AsObject().Where(member => !member.Key.StartsWith('$'))),
    ];

    private IReadOnlyList<Offer> Values(JsonNode? value)
    {
        if (value is not JsonObject description)
        {
            return [];
        }

        return description["type"] switch
        {
            JsonObject reference => [.. Named((string)reference["$ref"]!)["values"]!.AsObject().Select(ToOffer)],
            JsonValue kind when (string?)kind == "bool" => [new Offer("true", ""), new Offer("false", "")],
            _ => [],
        };
    }

    private JsonObject Named(string reference) =>
        All("types").Single(type => $"#/types/{type.Key}" == reference).Value!.AsObject();

    private static Offer ToOffer(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value is JsonObject description ? (string)description["description"]! : (string)member.Value!);
}
