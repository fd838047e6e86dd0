using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>What ostree and bootc need to find in a plain bootable image.</summary>
internal sealed class OSTreeLayoutLint : IImageLint
{
    private const string RepositoryLink = "/ostree";
    private const string RepositoryPath = "sysroot/ostree";
    private const string PrepareRoot = "/usr/lib/ostree/prepare-root.conf";

    public DiagnosticDescriptor Rule => LintDiagnostics.Layout;

    public IEnumerable<Diagnostic> Check(ComposeContext context)
    {
        if (context.Tree.Find(RepositoryLink)?.Inode is not { IsSymbolicLink: true, LinkTarget: RepositoryPath })
        {
            yield return LintDiagnostics.Layout.At(null, RepositoryLink, $"a link to {RepositoryPath}");
        }

        if (context.Tree.Find("/sysroot")?.Inode.IsDirectory != true)
        {
            yield return LintDiagnostics.Layout.At(null, "/sysroot", "a folder");
        }

        if (context.Tree.Resolve(PrepareRoot)?.Inode.IsRegular != true)
        {
            yield return LintDiagnostics.Layout.At(null, PrepareRoot, "a file");
        }
    }
}
