using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>Each machine makes an ID of its own when it first boots (machine-id(5), "First Boot Semantics").</summary>
internal sealed class MachineIdentityLint : IImageLint
{
    public DiagnosticDescriptor Rule => LintDiagnostics.MachineId;

    public IEnumerable<Diagnostic> Check(ComposeContext context)
    {
        if (context.Tree.Find("/etc/machine-id")?.Inode is { IsRegular: true, Content: { Length: > 0 and < 64 } content }
            && content.ReadText().Trim() is not ("" or "uninitialized"))
        {
            yield return LintDiagnostics.MachineId.At(null);
        }
    }
}
