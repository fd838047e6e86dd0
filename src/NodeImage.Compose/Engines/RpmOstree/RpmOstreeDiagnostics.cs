using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>What can go wrong while rpm-ostree makes an image.</summary>
internal static class RpmOstreeDiagnostics
{
    /// <summary>The tool cannot be started. Arguments: the program, why.</summary>
    public static readonly DiagnosticDescriptor NoTool = new(
        "NI3901",
        "rpm-ostree cannot be started",
        "The engine RpmOstree needs the program '{0}', which cannot be started: {1} Install it, set OSImageBuilderImage to an image that has rpm-ostree, or set OSImageEngine to another engine.");

    /// <summary>The tool failed. Arguments: the program, what it was doing, its exit status, what it said last.</summary>
    public static readonly DiagnosticDescriptor ToolFailed = new(
        "NI3902",
        "rpm-ostree failed",
        "{0} failed while {1} (exit status {2}). The last that it said: {3}");

    /// <summary>Packages are not there for the tool. Arguments: the packages, what it said.</summary>
    public static readonly DiagnosticDescriptor PackagesMissing = new(
        "NI3903",
        "rpm-ostree finds no such package",
        "rpm-ostree finds nothing for '{0}'. It is given just the packages of the lock, so the lock may be of other repositories: restore it anew (-p:RpmForceEvaluate=true). The last that it said: {1}");

    /// <summary>The tool does not run scriptlets in Lua. Arguments: the package, what it said.</summary>
    public static readonly DiagnosticDescriptor LuaScriptlet = new(
        "NI3904",
        "rpm-ostree does not run a scriptlet in Lua",
        "The package '{0}' has a scriptlet in Lua, which rpm-ostree does not run. Set OSImageEngine to Managed, Podman or Buildah, which do. The last that it said: {1}");

    /// <summary>The tool's sandbox cannot be made. Arguments: what it said.</summary>
    public static readonly DiagnosticDescriptor NoSandbox = new(
        "NI3905",
        "rpm-ostree cannot make its sandbox",
        "rpm-ostree runs scripts in bubblewrap, which may not make namespaces here. Build as root on a machine, or in a container that may do all (podman run --privileged). The last that it said: {0}");

    /// <summary>The tool does not know a field of the treefile. Arguments: the field, what it said.</summary>
    public static readonly DiagnosticDescriptor UnknownField = new(
        "NI3906",
        "rpm-ostree does not know a field of the treefile",
        "This rpm-ostree does not know the field '{0}' of the treefile: it may be older than the field. Use a newer one (OSImageBuilderImage), or take away what the field comes from. The last that it said: {1}");

    /// <summary>Layers cannot be laid in this mode. Arguments: the mode.</summary>
    public static readonly DiagnosticDescriptor LayersNeedImage = new(
        "NI3907",
        "compose rootfs lays no folders over the tree",
        "The project lays folders over the image (Overlay, programs, units), which 'rpm-ostree compose rootfs' cannot do. Set RpmOstreeComposeMode to Image.");

    /// <summary>The tool gathered other packages than restore. Arguments: the packages, with + or - before each.</summary>
    public static readonly DiagnosticDescriptor OtherPackages = new(
        "NI3908",
        "rpm-ostree gathered other packages than the lock has",
        "For the extensions, rpm-ostree gathered other packages than restore has chosen (+ is what only it has, - what only the lock has): {0}. Set OSImageEngine to Managed, or name the packages that are to be taken.");
}
