using System.Text.RegularExpressions;
using System.Xml.Linq;
using NodeImage.Compose.Naming;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>
/// Looks for names that nothing reads: MSBuild takes any name of a property, an item or metadata, so a slip of the pen is
/// a setting that has no effect, without a word.
/// </summary>
/// <param name="files">The project and the files that it imports, as written.</param>
internal sealed class NameCheck(IReadOnlyList<ProjectSource> files)
{
    // What MSBuild itself reads of an element in an ItemGroup or an ItemDefinitionGroup.
    private static readonly HashSet<string> NotMetadata = new(StringComparer.OrdinalIgnoreCase)
    {
        "Include", "Exclude", "Update", "Remove", "Condition", "Label", "KeepDuplicates", "KeepMetadata", "RemoveMetadata", "MatchOnMetadata", "MatchOnMetadataOptions",
    };

    private readonly HashSet<string> _declared = files.SelectMany(file => ChildrenOf(file.Document, "ItemDefinitionGroup"))
        .SelectMany(item => MetadataOf(item).Select(metadata => $"{item.Name.LocalName}.{metadata.Name}"))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks all names.</summary>
    /// <returns>What looks wrong, and where, in the order of the files and their lines.</returns>
    public IEnumerable<(Diagnostic Diagnostic, ItemPlace Place)> Run() => files.SelectMany(file =>
        ChildrenOf(file.Document, "PropertyGroup").SelectMany(property => Property(file, property))
            .Concat(ChildrenOf(file.Document, "ItemGroup").SelectMany(item => Item(file, item)))
            .Concat(ChildrenOf(file.Document, "ItemDefinitionGroup").SelectMany(item => Definition(file, item)))
            .OrderBy(finding => finding.Place.Line)
            .ThenBy(finding => finding.Place.Column));

    private IEnumerable<(Diagnostic Diagnostic, ItemPlace Place)> Property(ProjectSource file, XElement property)
    {
        var name = property.Name.LocalName;
        if (SchemaNames.CheckProperty(name) is { IsKnown: false, Suggestion: { } meant } && !IsUsed("$", name))
        {
            yield return (TaskDiagnostics.MisspeltProperty.At(null, name, meant), file.PlaceOf(property));
        }
    }

    private IEnumerable<(Diagnostic Diagnostic, ItemPlace Place)> Item(ProjectSource file, XElement item)
    {
        var itemType = item.Name.LocalName;
        if (SchemaNames.CheckItem(itemType) is { IsKnown: false, Suggestion: { } meant } && !IsUsed("@", itemType))
        {
            yield return (TaskDiagnostics.MisspeltItem.At(null, itemType, meant), file.PlaceOf(item));
        }

        foreach (var (name, part) in MetadataOf(item))
        {
            if (SchemaNames.CheckMetadata(itemType, name) is { IsKnown: false } verdict && !_declared.Contains($"{itemType}.{name}"))
            {
                yield return (TaskDiagnostics.UnknownMetadata.At(null, name, itemType, Advice(itemType, verdict)), file.PlaceOf(part));
            }
        }
    }

    // A definition declares metadata of the project's own; one that is like the SDK's is more likely meant to be it.
    private static IEnumerable<(Diagnostic Diagnostic, ItemPlace Place)> Definition(ProjectSource file, XElement item) => MetadataOf(item)
        .Select(metadata => (metadata.Name, metadata.Part, Verdict: SchemaNames.CheckMetadata(item.Name.LocalName, metadata.Name)))
        .Where(metadata => metadata.Verdict is { IsKnown: false, Suggestion: not null })
        .Select(metadata => (TaskDiagnostics.UnknownMetadata.At(null, metadata.Name, item.Name.LocalName, Advice(item.Name.LocalName, metadata.Verdict)), file.PlaceOf(metadata.Part)));

    private static string Advice(string itemType, NameVerdict verdict) => verdict.Suggestion is { } meant
        ? $"; did you mean '{meant}'?"
        : $", which has {string.Join(", ", SchemaNames.Find(itemType)!.Metadata)}. For metadata of your own, begin the name with '_', or declare it in an ItemDefinitionGroup.";

    // A name that is asked for somewhere is the project's own, even where it is like one of ours. A property may name
    // itself in its own element without being of any use.
    private bool IsUsed(string sign, string name)
    {
        var use = new Regex($@"{Regex.Escape(sign)}\(\s*{Regex.Escape(name)}(?!\w|-(?!>))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return files.SelectMany(file => file.Document.Descendants())
            .Where(element => !element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Any(element => element.Attributes().Any(attribute => use.IsMatch(attribute.Value)) || element.Nodes().OfType<XText>().Any(text => use.IsMatch(text.Value)));
    }

    private static IEnumerable<XElement> ChildrenOf(XDocument document, string group) =>
        document.Descendants().Where(element => element.Name.LocalName == group).Elements();

    private static IEnumerable<(string Name, XObject Part)> MetadataOf(XElement item) =>
    [
        .. item.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && !NotMetadata.Contains(attribute.Name.LocalName)).Select(attribute => (attribute.Name.LocalName, (XObject)attribute)),
        .. item.Elements().Select(element => (element.Name.LocalName, (XObject)element)),
    ];
}
