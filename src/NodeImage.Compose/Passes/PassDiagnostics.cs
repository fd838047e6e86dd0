using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>What can go wrong while a project's own content is put into an image.</summary>
internal static class PassDiagnostics
{
    /// <summary>An overlay's file cannot stand where it wants to. Arguments: the path, why.</summary>
    public static readonly DiagnosticDescriptor OverlayObstructed = new(
        "NI3501",
        "An overlay is in conflict with the image",
        "The overlay cannot put '{0}' into the image: {1}. Move the file to where it may stand, or leave out what is in its way.");

    /// <summary>A unit's state is given, but there is no such unit. Arguments: the unit, the names that are near.</summary>
    public static readonly DiagnosticDescriptor UnitNotFound = new(
        "NI3502",
        "Unit not found",
        "There is no unit '{0}' in the image.{1} Add the package that brings it, or correct the name.");

    /// <summary>A unit has no [Install] section to enable. Arguments: the unit.</summary>
    public static readonly DiagnosticDescriptor NothingToEnable = new(
        "NI3503",
        "Unit cannot be enabled",
        "The unit '{0}' has no [Install] section, so there is nothing that enabling it would do: others start it. Add a section with WantedBy=, or remove State=\"Enabled\".",
        DiagnosticSeverity.Warning);

    /// <summary>A script of the project failed. Arguments: the script, the status, what it said.</summary>
    public static readonly DiagnosticDescriptor PostProcessFailed = new(
        "NI3504",
        "A post-process script failed",
        "The script '{0}' ended with exit status {1}: {2}");

    /// <summary>A script of the project cannot be run here. Arguments: the script, why.</summary>
    public static readonly DiagnosticDescriptor PostProcessNeedsSandbox = new(
        "NI3505",
        "A post-process script cannot be run here",
        "The script '{0}' must run in a sandbox, and {1}. Build where a sandbox can be had, or express the change with items.");
}
