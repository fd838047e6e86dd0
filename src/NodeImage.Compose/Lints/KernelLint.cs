using NodeImage.Compose.Definition;
using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>A base has exactly one kernel: tools that write boot entries take whichever they find first.</summary>
internal sealed class KernelLint : IImageLint
{
    public DiagnosticDescriptor Rule => LintDiagnostics.NotOneKernel;

    public IEnumerable<Diagnostic> Check(ComposeContext context)
    {
        var kernels = KernelFolders.Find(context.Tree);
        if (context.Definition.Kind == ImageKind.Base && kernels.Count != 1)
        {
            yield return LintDiagnostics.NotOneKernel.At(null, kernels.Count, kernels.Count == 0 ? "none" : string.Join(", ", kernels));
        }
    }
}
