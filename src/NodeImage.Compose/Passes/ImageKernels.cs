using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>The kernels of an image: each has a folder <c>/usr/lib/modules/KVER</c> with a <c>vmlinuz</c> in it.</summary>
internal static class ImageKernels
{
    /// <summary>Where kernels are.</summary>
    public const string Modules = "/usr/lib/modules";

    /// <summary>The releases of a tree's kernels, sorted.</summary>
    public static IReadOnlyList<string> Of(FileTree tree) =>
        [.. (tree.Resolve(Modules)?.Children ?? []).Select(node => node.Name).Where(release => IdentityIn(tree, release) is not null)];

    /// <summary>Whether a kernel is not the base's.</summary>
    public static bool IsNew(ComposeContext context, string release) =>
        context.Base is not { } below || IdentityIn(below, release) != IdentityIn(context.Tree, release);

    private static string? IdentityIn(FileTree tree, string release) => tree.Resolve($"{Modules}/{release}/vmlinuz")?.Inode.Content?.Identity;
}
