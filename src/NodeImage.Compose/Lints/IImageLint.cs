using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>One rule that a finished image is held to. Adding one means adding a file beside its siblings, and a line in <see cref="LintList"/>.</summary>
internal interface IImageLint
{
    /// <summary>What it says where the rule is broken.</summary>
    DiagnosticDescriptor Rule { get; }

    /// <summary>Holds a finished tree to the rule.</summary>
    /// <param name="context">The image, all passes done; nothing of it is changed.</param>
    /// <returns>What is wrong: errors, and what deserves a warning.</returns>
    IEnumerable<Diagnostic> Check(ComposeContext context);
}
