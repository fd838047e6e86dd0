using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>A layer that brings a kernel is warned about: nodes boot the base's first.</summary>
internal sealed class LayeredKernelLint : IImageLint
{
    public DiagnosticDescriptor Rule => LintDiagnostics.LayeredKernel;

    public IEnumerable<Diagnostic> Check(ComposeContext context) =>
        context.Base is not { } below ? []
        : KernelFolders.Find(context.Tree)
            .Where(kernel => below.Resolve($"{KernelFolders.Root}/{kernel}/vmlinuz") is null)
            .Select(kernel => LintDiagnostics.LayeredKernel.At(null, kernel));
}
