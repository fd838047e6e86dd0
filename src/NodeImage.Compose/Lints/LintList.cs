using NodeImage.Compose.Passes;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>The rules that every image is held to.</summary>
internal static class LintList
{
    /// <summary>The rules, in the order of their codes.</summary>
    public static IReadOnlyList<IImageLint> All { get; } =
    [
        new KernelLint(),
        new InitramfsLint(),
        new LayeredKernelLint(),
        new ConfigurationPlaceLint(),
        new EmptyFolderLint(),
        new OSTreeLayoutLint(),
        new PackageDatabaseLint(),
        new MachineIdentityLint(),
        new SecurityLabelLint(),
    ];

    /// <summary>Holds an image to all rules.</summary>
    /// <param name="context">The finished image.</param>
    /// <exception cref="DiagnosticException">It breaks some; all of them are told at once.</exception>
    public static void Check(ComposeContext context)
    {
        var found = All.SelectMany(lint => lint.Check(context)).ToList();
        var errors = found.Where(diagnostic => diagnostic.Descriptor.Severity == DiagnosticSeverity.Error).ToList();
        foreach (var other in found.Except(errors))
        {
            context.Report(other);
        }

        if (errors.Count > 0)
        {
            throw new DiagnosticException(errors);
        }
    }
}
