using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>What can keep a request from being fulfilled.</summary>
public static class SolverDiagnostics
{
    /// <summary>A name that nothing has.</summary>
    public static readonly DiagnosticDescriptor PackageNotFound = new(
        "NI2201",
        "Package not found",
        "No repository has a package, file or capability '{0}'.{1}");

    /// <summary>A package that is there, but in other versions.</summary>
    public static readonly DiagnosticDescriptor VersionNotFound = new(
        "NI2202",
        "Version not found",
        "No repository has '{0}'. There is {1}.");

    /// <summary>A package that is there, but for other architectures.</summary>
    public static readonly DiagnosticDescriptor ArchitectureNotInstallable = new(
        "NI2203",
        "Package of another architecture",
        "'{0}' is there for {1} only, which cannot be installed on {2}.");

    /// <summary>A package that is there, but excluded.</summary>
    public static readonly DiagnosticDescriptor PackageExcluded = new(
        "NI2204",
        "Package is excluded",
        "'{0}' is excluded: {1} must not be installed. Drop the request or the exclusion.");

    /// <summary>A package whose dependencies cannot be met.</summary>
    public static readonly DiagnosticDescriptor Unsatisfiable = new(
        "NI2205",
        "Dependencies cannot be met",
        "'{0}' cannot be installed: {1}. Add a repository that offers what is missing, or ask for another version.");

    /// <summary>Packages that are asked for and cannot be installed beside each other.</summary>
    public static readonly DiagnosticDescriptor ConflictingRequests = new(
        "NI2206",
        "Requests contradict each other",
        "The requests {0} contradict each other: {1}. Leave one of them out, or ask for versions that agree.");

    /// <summary>A request that the frozen base does not allow.</summary>
    public static readonly DiagnosticDescriptor FrozenBaseWouldChange = new(
        "NI2207",
        "The base image would change",
        "'{0}' would change {1} of the base image: {2}. Allow the change with an RpmPackageOverride item, or ask for packages that work with the base as it is.");

    /// <summary>A request that what is installed does not allow.</summary>
    public static readonly DiagnosticDescriptor InstalledPackagesInTheWay = new(
        "NI2208",
        "Installed packages are in the way",
        "{0}: {1}.");

    /// <summary>A package that has to go and that something else keeps.</summary>
    public static readonly DiagnosticDescriptor CannotBeRemoved = new(
        "NI2209",
        "Package cannot be removed",
        "'{0}' cannot be removed: {1}.");
}
