using System.Collections.Immutable;

namespace NodeImage.Compose.Libraries;

/// <summary>A type of item that libraries carry.</summary>
/// <param name="ItemType">The type.</param>
/// <param name="Metadata">The metadata that is carried with it, sorted.</param>
/// <param name="Folder">The folder in the library for the files that items of this type name, or null where they name none.</param>
public sealed record LibraryItemKind(string ItemType, ImmutableArray<string> Metadata, string? Folder = null)
{
    /// <summary>The type whose items are folders.</summary>
    public const string Overlay = "Overlay";

    /// <summary>All types that libraries carry. Repositories are no part of it: whoever makes an image decides whom to trust.</summary>
    public static ImmutableArray<LibraryItemKind> All { get; } =
    [
        new("ContainerLabel", ["Value"]),
        new("EtcGroupMember", []),
        new("ExcludedPackage", []),
        new("ForbiddenPackage", ["Reason"]),
        new("GroupMember", ["Group"]),
        new("KernelArgument", ["Architectures"]),
        new(Overlay, [], "overlays"),
        new("PackageFileRemoval", ["Pattern"]),
        new("PinnedGroup", ["Gid"]),
        new("PinnedUser", ["Gid", "Uid"]),
        new("PostProcessScript", ["Interpreter"], "scripts"),
        new("RemovedFile", []),
        new("RpmPackage", ["Architectures", "Repository", "Version"], "rpms"),
        new("RpmPackageOverride", ["Issue", "Reason", "Version"]),
        new("SystemGroup", ["Gid"]),
        new("SystemUser", ["Group", "Home", "Shell", "Uid"]),
        new("SystemdUnit", ["DropInFor", "Scope", "State"], "units"),
        new("SystemdUnitState", ["Scope", "State"]),
        new("TreefileField", ["Value"]),
    ];

    /// <summary>Whether an item of this type stands for a file on disk.</summary>
    /// <param name="identity">What it includes.</param>
    /// <returns>True for units and scripts, and for packages that are files.</returns>
    public bool IsFile(string identity) => Folder is not null && ItemType != Overlay && (ItemType != "RpmPackage" || identity.EndsWith(".rpm", StringComparison.OrdinalIgnoreCase));
}
