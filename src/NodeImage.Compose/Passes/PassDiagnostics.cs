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

    /// <summary>There is a kernel, but no dracut to make its initramfs. Arguments: the kernel.</summary>
    public static readonly DiagnosticDescriptor NoDracut = new(
        "NI3506",
        "The image has no dracut",
        "The image has the kernel {0}, but no /usr/bin/dracut to make its initramfs with. Add the package dracut, or set Initramfs to Prebuilt or None.");

    /// <summary>dracut needs a sandbox. Arguments: why there is none.</summary>
    public static readonly DiagnosticDescriptor InitramfsNeedsSandbox = new(
        "NI3507",
        "The initramfs cannot be made here",
        "The initramfs is made by the image's own dracut in a sandbox, and {0}. Build where a sandbox can be had, or set Initramfs to Prebuilt or None.");

    /// <summary>dracut failed. Arguments: the kernel, the status, what it said.</summary>
    public static readonly DiagnosticDescriptor DracutFailed = new(
        "NI3508",
        "dracut failed",
        "dracut could not make the initramfs of {0} (exit status {1}): {2}");

    /// <summary>A file has a name by which layers tell of removals. Arguments: the path, where it comes from.</summary>
    public static readonly DiagnosticDescriptor ReservedName = new(
        "NI3509",
        "A file has a reserved name",
        "'{0}' of {1} has a name that begins with '.wh.', by which the layers of an image tell which files are removed. Give it another name, or leave it out.");
}
