using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Lints;

/// <summary>Configuration lies in <c>/etc</c>; <c>/usr/etc</c> is made of it where the image is deployed.</summary>
internal sealed class ConfigurationPlaceLint : IImageLint
{
    public DiagnosticDescriptor Rule => LintDiagnostics.UsrEtc;

    public IEnumerable<Diagnostic> Check(ComposeContext context) =>
        context.Tree.Find("/usr/etc") is { } found ? [LintDiagnostics.UsrEtc.At(null, FileTree.Walk(found).Skip(1).FirstOrDefault(found).Path)] : [];
}
