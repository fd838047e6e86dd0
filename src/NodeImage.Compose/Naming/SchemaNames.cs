using System.Collections.Frozen;
using NodeImage.Core.Text;

namespace NodeImage.Compose.Naming;

/// <summary>
/// The names that a project can use, as <c>sdk/schema/nodeimage.schema.json</c> describes them, and what someone may have
/// meant who wrote another one. As in MSBuild, upper and lower case do not matter.
/// </summary>
public static class SchemaNames
{
    private const int MostSlips = 2;

    private static readonly FrozenSet<string> KnownProperties = Set([.. NameTable.Properties, .. NameTable.NeighbouringProperties]);
    private static readonly FrozenSet<string> KnownItems = Set([.. NameTable.Items.Select(item => item.Name), .. NameTable.NeighbouringItems]);
    private static readonly FrozenSet<string> KnownCommonMetadata = Set(NameTable.CommonMetadata);
    private static readonly FrozenDictionary<string, ItemNames> ItemsByName = NameTable.Items.ToFrozenDictionary(item => item.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All properties that a project can set, sorted.</summary>
    public static IReadOnlyList<string> Properties => NameTable.Properties;

    /// <summary>All types of items, sorted by name.</summary>
    public static IReadOnlyList<ItemNames> Items => NameTable.Items;

    /// <summary>Finds a type of items.</summary>
    /// <param name="itemType">Its name.</param>
    /// <returns>The type with its metadata, or null where the SDK has none of that name.</returns>
    public static ItemNames? Find(string itemType) => ItemsByName.GetValueOrDefault(itemType);

    /// <summary>Says what is known of a property's name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name is known where the SDK has it, where it is one of the .NET SDK's that is like it, and where it begins with <c>_</c>.</returns>
    public static NameVerdict CheckProperty(string name) => Check(name, KnownProperties, NameTable.Properties);

    /// <summary>Says what is known of a type of items.</summary>
    /// <param name="name">The name of the type.</param>
    /// <returns>The name is known where the SDK has it, where it is one of the .NET SDK's that is like it, and where it begins with <c>_</c>.</returns>
    public static NameVerdict CheckItem(string name) => Check(name, KnownItems, NameTable.Items.Select(item => item.Name));

    /// <summary>Says what is known of a name of metadata.</summary>
    /// <param name="itemType">The type of the item.</param>
    /// <param name="name">The name of the metadata.</param>
    /// <returns>
    /// The name is known where the item has it, where any item may have it, and where it begins with <c>_</c>. Of items that
    /// are not the SDK's own all names are known that are not like one of the SDK's: others may read them.
    /// </returns>
    public static NameVerdict CheckMetadata(string itemType, string name)
    {
        if (Find(itemType) is not { } item || KnownCommonMetadata.Contains(name) || item.Metadata.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return new NameVerdict(IsKnown: true, Suggestion: null);
        }

        var verdict = Check(name, FrozenSet<string>.Empty, item.Metadata);
        return verdict with { IsKnown = verdict.IsKnown || (!item.IsOwn && verdict.Suggestion is null) };
    }

    private static NameVerdict Check(string name, FrozenSet<string> known, IEnumerable<string> names) =>
        name.StartsWith('_') || known.Contains(name) ? new NameVerdict(IsKnown: true, Suggestion: null) : new NameVerdict(IsKnown: false, Nearest(name, names));

    // One slip in three letters is forgiven, and two at most.
    private static string? Nearest(string name, IEnumerable<string> names)
    {
        var limit = Math.Clamp(name.Length / 3, 1, MostSlips);
        var folded = name.ToUpperInvariant();
        return names.Select(candidate => (Name: candidate, Distance: EditDistance.Between(folded, candidate.ToUpperInvariant(), limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static FrozenSet<string> Set(IEnumerable<string> names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A type of items.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOwn">Whether it is the SDK's alone; else the .NET SDK has it too, with metadata of its own.</param>
/// <param name="Metadata">The names of the metadata that the SDK reads, sorted.</param>
public sealed record ItemNames(string Name, bool IsOwn, IReadOnlyList<string> Metadata);

/// <summary>What is known of a name.</summary>
/// <param name="IsKnown">Whether it has a meaning, or may have one that is not ours to judge.</param>
/// <param name="Suggestion">The name that may have been meant, or null; always null for a known one.</param>
public readonly record struct NameVerdict(bool IsKnown, string? Suggestion);
