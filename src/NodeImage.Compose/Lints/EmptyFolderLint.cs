using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>What the running machine mounts something over, or fills itself, is empty.</summary>
internal sealed class EmptyFolderLint : IImageLint
{
    private static readonly string[] Folders = ["/boot", "/dev", "/media", "/proc", "/run", "/sys", "/sysroot", "/tmp"];

    public DiagnosticDescriptor Rule => LintDiagnostics.NotEmpty;

    public IEnumerable<Diagnostic> Check(ComposeContext context) => Folders
        .Select(folder => (Folder: folder, Child: context.Tree.Find(folder)?.Children is [var first, ..] ? first : null))
        .Where(found => found.Child is not null)
        .Select(found => LintDiagnostics.NotEmpty.At(null, found.Folder, found.Child!.Path));
}
