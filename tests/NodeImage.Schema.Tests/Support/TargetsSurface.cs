using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NodeImage.Schema.Tests.Support;

/// <summary>The names that the SDK's props and targets use. Those that begin with <c>_</c> are their own business.</summary>
internal static partial class TargetsSurface
{
    // What every item has, and attributes of items that are no metadata.
    private static readonly string[] NotMetadata =
    [
        "Include", "Exclude", "Update", "Remove", "Condition", "Label", "KeepDuplicates", "KeepMetadata", "RemoveMetadata",
        "Identity", "FullPath", "Filename", "Extension", "Directory", "RelativeDir", "RootDir", "RecursiveDir",
    ];

    /// <summary>Properties that are set.</summary>
    public static IReadOnlySet<string> PropertiesSet { get; } = Public(
    [
        .. Elements().Where(element => element.Parent?.Name.LocalName == "PropertyGroup").Select(element => element.Name.LocalName),
        .. Elements("Output").Select(element => (string?)element.Attribute("PropertyName")).OfType<string>(),
    ]);

    /// <summary>Properties that are set or read.</summary>
    public static IReadOnlySet<string> Properties { get; } = Public(
        [.. PropertiesSet, .. Texts().SelectMany(text => PropertyReference().Matches(text)).Select(match => match.Groups[1].Value)]);

    /// <summary>Items that are made or read.</summary>
    public static IReadOnlySet<string> Items { get; } = Public(
    [
        .. Groups().Select(element => element.Name.LocalName),
        .. Elements("Output").Select(element => (string?)element.Attribute("ItemName")).OfType<string>(),
        .. Texts().SelectMany(text => ItemReference().Matches(text)).Select(match => match.Groups[1].Value),
    ]);

    /// <summary>Metadata that is set or read, as <c>Item.Metadata</c>; what is read without a name of an item is not among it.</summary>
    public static IReadOnlySet<string> Metadata { get; } = Public(
    [
        .. Groups().SelectMany(item => MetadataOf(item).Select(name => $"{item.Name.LocalName}.{name}")),
        .. Texts().SelectMany(text => MetadataReference().Matches(text)).Where(match => !NotMetadata.Contains(match.Groups[2].Value)).Select(match => $"{match.Groups[1].Value}.{match.Groups[2].Value}"),
    ]);

    /// <summary>Targets that are defined.</summary>
    public static IReadOnlySet<string> Targets { get; } = Public(Elements("Target").Select(target => (string)target.Attribute("Name")!));

    /// <summary>Codes of errors that targets raise themselves.</summary>
    public static IEnumerable<string> Codes => Elements().Where(element => element.Name.LocalName is "Error" or "Warning").Select(element => (string?)element.Attribute("Code")).OfType<string>();

    /// <summary>What targets hand to the task that reads a project: its parameters and the items, save what every task is given.</summary>
    public static IReadOnlyDictionary<string, string> TaskItems { get; } = Elements("CollectImageDefinition")
        .SelectMany(task => task.Attributes())
        .Select(attribute => (Parameter: attribute.Name.LocalName, Match: WholeItem().Match(attribute.Value)))
        .Where(pair => pair.Match.Success && pair.Parameter != "Diagnostics")
        .Select(pair => KeyValuePair.Create(pair.Parameter, pair.Match.Groups[1].Value))
        .Distinct()
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The uses of the SDK's own tasks.</summary>
    public static IEnumerable<XElement> OwnTasks()
    {
        var names = Elements("UsingTask").Select(task => ((string)task.Attribute("TaskName")!).Split('.')[^1]).ToHashSet(StringComparer.Ordinal);
        return Elements("Target").Elements().Where(element => names.Contains(element.Name.LocalName));
    }

    /// <summary>Metadata that targets give to items of a type.</summary>
    public static IEnumerable<string> MetadataSet(string itemType) => Groups().Where(item => item.Name.LocalName == itemType).SelectMany(MetadataOf);

    private static IEnumerable<string> MetadataOf(XElement item) =>
        item.Attributes().Select(attribute => attribute.Name.LocalName).Concat(item.Elements().Select(element => element.Name.LocalName)).Except(NotMetadata);

    private static IEnumerable<XElement> Groups() => Elements().Where(element => element.Parent?.Name.LocalName == "ItemGroup");

    private static IEnumerable<XElement> Elements() => Checkout.Targets.SelectMany(document => document.Descendants());

    private static IEnumerable<XElement> Elements(string name) => Elements().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Texts() => Elements().SelectMany(element => element.Attributes().Select(attribute => attribute.Value).Concat(element.Nodes().OfType<XText>().Select(text => text.Value)));

    private static SortedSet<string> Public(IEnumerable<string> names) =>
        new(names.Where(name => !name.StartsWith('_')), StringComparer.Ordinal);

    [GeneratedRegex(@"\$\(([A-Za-z_]\w*)")]
    private static partial Regex PropertyReference();

    [GeneratedRegex(@"@\(([A-Za-z_]\w*)")]
    private static partial Regex ItemReference();

    [GeneratedRegex(@"%\(([A-Za-z_]\w*)\.([A-Za-z_]\w*)\)")]
    private static partial Regex MetadataReference();

    [GeneratedRegex(@"^@\((\w+)\)$")]
    private static partial Regex WholeItem();
}
