using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Lints;

/// <summary>Files carry no SELinux labels: those of the machine that built the image would be wrong.</summary>
internal sealed class SecurityLabelLint : IImageLint
{
    private const string Attribute = "security.selinux";

    public DiagnosticDescriptor Rule => LintDiagnostics.SecurityLabel;

    public IEnumerable<Diagnostic> Check(ComposeContext context) =>
        FileTree.Walk(context.Tree.Root).FirstOrDefault(node => node.Inode.Xattrs.ContainsKey(Attribute)) is { } labelled
            ? [LintDiagnostics.SecurityLabel.At(null, labelled.Path)]
            : [];
}
