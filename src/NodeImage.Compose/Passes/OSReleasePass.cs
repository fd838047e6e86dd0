using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>Says the image's version in <c>os-release(5)</c>, as rpm-ostree does.</summary>
internal sealed class OSReleasePass : IComposePass
{
    private const string Path = "/usr/lib/os-release";

    public void Apply(ComposeContext context)
    {
        // A layered image inherits its base's version.
        if (context.Base is not null || context.Tree.Resolve(Path) is not { Inode.Content: { } content } node)
        {
            return;
        }

        var lines = content.ReadText().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Mutate(line, context))
            .Where(line => !line.StartsWith("OSTREE_VERSION=", StringComparison.Ordinal) && !line.StartsWith("IMAGE_VERSION=", StringComparison.Ordinal))
            .Append($"OSTREE_VERSION='{context.Version}'")
            .Append($"IMAGE_VERSION='{context.Version}'");
        var text = string.Concat(lines.Select(line => line + "\n"));
        context.Tree.SetInode(node, node.Inode.WithContent(FileContent.Of(text)) with { ModificationTime = context.Time });
    }

    // The treefile's "mutate-os-release": the release's version gives way to the image's.
    private static string Mutate(string line, ComposeContext context) =>
        context.Definition.Tree.MutateOSRelease is { Length: > 0 } version
            && (line.StartsWith("VERSION=", StringComparison.Ordinal) || line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            ? line[..line.IndexOf('=', StringComparison.Ordinal)] + line[line.IndexOf('=', StringComparison.Ordinal)..].Replace(version, context.Version, StringComparison.Ordinal)
            : line;
}
