using NodeImage.Compose.Definition;
using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>Each kernel has its initramfs beside it, unless the project says that it makes none.</summary>
internal sealed class InitramfsLint : IImageLint
{
    public DiagnosticDescriptor Rule => LintDiagnostics.NoInitramfs;

    public IEnumerable<Diagnostic> Check(ComposeContext context) =>
        context.Definition.Initramfs == InitramfsKind.None ? []
        : KernelFolders.Find(context.Tree)
            .Where(kernel => context.Tree.Resolve($"{KernelFolders.Root}/{kernel}/initramfs.img") is null)
            .Select(kernel => LintDiagnostics.NoInitramfs.At(null, kernel));
}
