using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Treefiles;

/// <summary>An item that a treefile comes to in a project.</summary>
/// <param name="ItemType">Its type.</param>
/// <param name="Include">What it includes, as text: nothing in it is a pattern.</param>
/// <param name="Metadata">Its metadata, in the order in which people write it.</param>
/// <param name="Place">Where the treefile says it, or null.</param>
public sealed record TreefileItem(string ItemType, string Include, ImmutableArray<(string Name, string Value)> Metadata, SourcePlace? Place = null)
{
    /// <summary>What tells the item from others: type, identity and metadata.</summary>
    public string Identity => string.Join('\u0001', Metadata.Select(pair => $"{pair.Name}={pair.Value}").Prepend(Include).Prepend(ItemType));
}

/// <summary>What a treefile comes to in a project.</summary>
/// <param name="Items">The items, in the order in which they take effect.</param>
/// <param name="Properties">The properties that it sets.</param>
/// <param name="Scripts">The scripts that stand in the treefile itself, by the paths that the items name.</param>
public sealed record TreefileContribution(
    ImmutableArray<TreefileItem> Items,
    ImmutableSortedDictionary<string, string> Properties,
    ImmutableArray<(string Path, string Text)> Scripts);
