using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Installing;

/// <summary>What can go wrong when packages are put together.</summary>
internal static class InstallDiagnostics
{
    /// <summary>Two packages have different files at one path. Arguments: the path, the packages.</summary>
    public static readonly DiagnosticDescriptor FileConflict = new(
        "NI3301",
        "Packages conflict over a file",
        "'{0}' of {1} is not the same as the one of {2}. Leave one of the packages out, or take versions that agree.");

    /// <summary>A path cannot stand in an image. Arguments: the path, the package, why.</summary>
    public static readonly DiagnosticDescriptor BadPath = new(
        "NI3302",
        "A package has an impossible path",
        "{1} wants to install '{0}', which {2}. The package is broken: take another version.");

    /// <summary>Capabilities make no sense. Arguments: the text, the path, the package.</summary>
    public static readonly DiagnosticDescriptor BadCapabilities = new(
        "NI3303",
        "A package has impossible capabilities",
        "The capabilities '{0}' of '{1}' of {2} make no sense. The package is broken: take another version.");

    /// <summary>An expression takes too long. Arguments: the expression, the path.</summary>
    public static readonly DiagnosticDescriptor SlowPattern = new(
        "NI3304",
        "An expression takes too long",
        "The Pattern '{0}' of a PackageFileRemoval takes longer than 2 seconds for '{1}'. Write it without repetitions within repetitions.");
}
