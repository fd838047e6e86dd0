using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Scriptlets;

/// <summary>What can go wrong with scriptlets.</summary>
internal static class ScriptletDiagnostics
{
    /// <summary>Nothing knows how to carry a scriptlet out. Arguments: the scriptlet, the package, why, why not in a sandbox.</summary>
    public static readonly DiagnosticDescriptor Unknown = new(
        "NI3401",
        "A scriptlet cannot be carried out",
        "The {0} scriptlet of {1} uses {2}, which is not carried out natively, and {3}. Build where a sandbox can be had (see the documentation of scriptlets), or leave the package out.");

    /// <summary>A scriptlet that must succeed failed. Arguments: the scriptlet, the package, the status, what it said.</summary>
    public static readonly DiagnosticDescriptor Failed = new(
        "NI3402",
        "A scriptlet failed",
        "The {0} scriptlet of {1} failed with exit status {2}: {3}");

    /// <summary>A scriptlet that need not succeed failed. Arguments: the scriptlet, the package, the status, what it said.</summary>
    public static readonly DiagnosticDescriptor FailedHarmlessly = new(
        "NI3403",
        "A scriptlet failed",
        "The {0} scriptlet of {1} failed with exit status {2}: {3} The package counts as installed, as with rpm.",
        DiagnosticSeverity.Warning);

    /// <summary>A scriptlet runs in the sandbox. Arguments: the scriptlet, the package, why.</summary>
    public static readonly DiagnosticDescriptor Sandboxed = new(
        "NI3404",
        "A scriptlet runs in the sandbox",
        "The {0} scriptlet of {1} uses {2}, which is not carried out natively; it runs in the sandbox.",
        DiagnosticSeverity.Message);
}
