using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Restoring;

/// <summary>What can go wrong while packages are chosen, fetched and locked.</summary>
internal static class RestoreDiagnostics
{
    /// <summary>Locked mode, and the lock does not fit. Arguments: the file, what differs.</summary>
    public static readonly DiagnosticDescriptor LockOutOfDate = new(
        "NI2011",
        "The lock file is out of date",
        "The lock file '{0}' does not fit the project any more: {1}. Restore without locked mode, look at what changed, and commit the new file.");

    /// <summary>The lock file makes no sense. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor LockMalformed = new(
        "NI2012",
        "The lock file is malformed",
        "The lock file '{0}' cannot be read: {1} Repair it, or delete it and restore again.");

    /// <summary>A package that must not be in the image was chosen. Arguments: the package, the reason, who asked for it.</summary>
    public static readonly DiagnosticDescriptor Forbidden = new(
        "NI2013",
        "A forbidden package would be installed",
        "'{0}' must not be in this image: {1} It was asked for by {2}. Take out what asks for it, or remove the ForbiddenPackage item.");

    /// <summary>There is nowhere to take packages from. No arguments.</summary>
    public static readonly DiagnosticDescriptor NoRepository = new(
        "NI2014",
        "No repository",
        "The project asks for packages, but names no repository that has any. Add an RpmRepository item.");

    /// <summary>A repository has no address. Arguments: the repository.</summary>
    public static readonly DiagnosticDescriptor NoAddress = new(
        "NI2015",
        "A repository has no address",
        "The repository '{0}' has neither BaseUrl nor MirrorList nor MetaLink. Give it one.");

    /// <summary>A repository must be signed, but has no keys. Arguments: the repository.</summary>
    public static readonly DiagnosticDescriptor NoKey = new(
        "NI2016",
        "A repository has no key",
        "Packages of the repository '{0}' must be signed, but it names no key to verify them with. Give it GpgKey, or, if you know why, GpgCheck=\"false\".");

    /// <summary>A request names a repository that does not exist. Arguments: the request, the repository, those that exist.</summary>
    public static readonly DiagnosticDescriptor UnknownRepository = new(
        "NI2017",
        "Unknown repository",
        "'{0}' is to come from the repository '{1}', which the project does not have; it has: {2}.");

    /// <summary>A package's file is not what the lock says. Arguments: the package, the repository, why.</summary>
    public static readonly DiagnosticDescriptor PackageDamaged = new(
        "NI2018",
        "A package is not what was announced",
        "The package '{0}' of the repository '{1}' is not what was announced: {2} Try again later, or use another mirror; if it stays so, do not trust the repository.");

    /// <summary>A package cannot be fetched. Arguments: the package, the repository, why.</summary>
    public static readonly DiagnosticDescriptor PackageUnreachable = new(
        "NI2019",
        "A package cannot be fetched",
        "The package '{0}' of the repository '{1}' cannot be fetched: {2} If the repository has dropped it, restore again with -p:RestoreForceEvaluate=true to choose another version.");

    /// <summary>An override names a package that the base does not have. Arguments: the name.</summary>
    public static readonly DiagnosticDescriptor OverrideNotInBase = new(
        "NI2020",
        "An override names no package of the base",
        "The RpmPackageOverride '{0}' changes nothing: the base image has no package of that name. Remove it, or correct the name.",
        DiagnosticSeverity.Warning);

    /// <summary>A package of the lock is not in the cache. Arguments: the package.</summary>
    public static readonly DiagnosticDescriptor NotRestored = new(
        "NI2021",
        "A package has not been restored",
        "The package '{0}' is not in the cache. Restore the project again.");

    /// <summary>A key would come over a connection that anybody on the way can change. Arguments: the address, the repository.</summary>
    public static readonly DiagnosticDescriptor InsecureKey = new(
        "NI2022",
        "A key must come by a safe way",
        "The GpgKey '{0}' of the repository '{1}' is neither a file nor an https address, so anybody on the way could put another key in its place. Name an https address, or save the key in the project.");

    /// <summary>A published key cannot be fetched. Arguments: the address, the repository, the reason.</summary>
    public static readonly DiagnosticDescriptor KeyUnreachable = new(
        "NI2023",
        "A repository's key cannot be fetched",
        "The GpgKey '{0}' of the repository '{1}' cannot be fetched: {2} Correct the address, or save the key in the project and name the file.");

    /// <summary>A repository's address is of a kind that is not read. Arguments: the repository, the address.</summary>
    public static readonly DiagnosticDescriptor UnsupportedAddress = new(
        "NI2024",
        "A repository's address is of an unknown kind",
        "The repository '{0}' cannot be read at '{1}': folders of this machine and addresses of file:, http: and https: are read. Give it such an address.");

    /// <summary>The index of packages cannot be written. Arguments: the file, what the platform says.</summary>
    public static readonly DiagnosticDescriptor IndexNotWritten = new(
        "NI2025",
        "The index of packages is not written",
        "The index of packages, by which editors complete names, cannot be written to '{0}': {1} Set GenerateRpmPackageIndex to false where none is wanted.",
        DiagnosticSeverity.Message);
}
