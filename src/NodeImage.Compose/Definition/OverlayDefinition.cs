using System.Collections.Immutable;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Definition;

/// <summary>Files laid over the tree: a folder of the project, or the output of a program's project.</summary>
/// <param name="Item">The item that brought it, for diagnostics: its type and identity.</param>
/// <param name="Entries">What is laid, sorted by path.</param>
public sealed record OverlayDefinition(OverlayItem Item, ImmutableArray<OverlayEntry> Entries)
{
    /// <summary>Whether it is a single file, which is put into the image after paths have been taken away.</summary>
    public bool IsFile { get; init; }

    /// <summary>The layer that a treefile calls it, or null.</summary>
    public string? Layer { get; init; }

    /// <summary>Whether the layer may replace what packages bring, as <c>ostree-override-layers</c> may.</summary>
    public bool IsOverrideLayer { get; init; }
}

/// <summary>The item that an overlay comes from.</summary>
/// <param name="ItemType">Its type, <c>Overlay</c> or <c>ProjectReference</c>.</param>
/// <param name="Identity">Its identity.</param>
public sealed record OverlayItem(string ItemType, string Identity);

/// <summary>Something that an overlay puts into the image.</summary>
/// <param name="Path">The canonical path in the image.</param>
/// <param name="Type">A regular file, a directory or a symbolic link.</param>
/// <param name="Mode">Its permissions: never those of the machine, whose umask must not matter.</param>
public sealed record OverlayEntry(string Path, FileType Type, int Mode)
{
    /// <summary>A regular file's content.</summary>
    public SourceFile? File { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The owner's name or number.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>The group's name or number.</summary>
    public string Group { get; init; } = "root";
}
