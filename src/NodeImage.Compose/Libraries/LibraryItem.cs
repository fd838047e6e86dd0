using System.Collections.Immutable;

namespace NodeImage.Compose.Libraries;

/// <summary>An item that an overlay library brings to the images that reference it.</summary>
/// <param name="ItemType">Its type, such as <c>SystemdUnit</c>.</param>
/// <param name="Identity">What it includes; for a file or a folder, its full path.</param>
/// <param name="Metadata">Its metadata, sorted by name.</param>
public sealed record LibraryItem(string ItemType, string Identity, ImmutableSortedDictionary<string, string> Metadata);
