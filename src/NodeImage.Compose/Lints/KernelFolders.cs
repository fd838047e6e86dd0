using NodeImage.Core.Files;

namespace NodeImage.Compose.Lints;

/// <summary>Finds the kernels of an image.</summary>
internal static class KernelFolders
{
    /// <summary>Where kernels and their modules lie, in a folder for each version.</summary>
    public const string Root = "/usr/lib/modules";

    /// <summary>The versions of an image's kernels, in the order of their names.</summary>
    public static IReadOnlyList<string> Find(FileTree tree) =>
    [
        .. (tree.Resolve(Root)?.Children ?? [])
            .Where(node => tree.Resolve($"{node.Path}/vmlinuz") is not null)
            .Select(node => node.Name)
            .Order(StringComparer.Ordinal),
    ];
}
