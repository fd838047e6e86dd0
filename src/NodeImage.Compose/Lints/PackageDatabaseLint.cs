using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>The rpm database lies in <c>/usr/share/rpm</c> and is no log to be written on: <c>/usr</c> is read-only.</summary>
internal sealed class PackageDatabaseLint : IImageLint
{
    private const string Folder = "/usr/share/rpm";

    public DiagnosticDescriptor Rule => LintDiagnostics.PackageDatabase;

    public IEnumerable<Diagnostic> Check(ComposeContext context)
    {
        if (context.Tree.Resolve($"{Folder}/rpmdb.sqlite")?.Inode.IsRegular != true)
        {
            yield return LintDiagnostics.PackageDatabase.At(null, $"{Folder}/rpmdb.sqlite", "is missing");
        }

        foreach (var rest in (context.Tree.Resolve(Folder)?.Children ?? []).Where(node => node.Name is "rpmdb.sqlite-wal" or "rpmdb.sqlite-shm"))
        {
            yield return LintDiagnostics.PackageDatabase.At(null, rest.Path, "would have to be written to by every query");
        }
    }
}
