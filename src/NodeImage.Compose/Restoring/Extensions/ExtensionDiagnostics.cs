using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Restoring.Extensions;

/// <summary>What can be wrong with extensions once it is known what the node image and the repositories have.</summary>
internal static class ExtensionDiagnostics
{
    /// <summary>An extension names a package that nodes have. Arguments: the extension, the package, what the node image has.</summary>
    public static readonly DiagnosticDescriptor AlreadyInNode = new(
        "NI1311",
        "The node image has a package of the extension",
        "The extension '{0}' names '{1}', but the node image has {2} already. Take it out of Packages, or, where it is needed elsewhere than on nodes, give the extension Kind=\"Development\".");

    /// <summary>An extension is to have the version of a package that nodes do not have. Arguments: the extension, the package, names that are close.</summary>
    public static readonly DiagnosticDescriptor NothingToMatch = new(
        "NI1312",
        "MatchBaseEvr names no package of the node image",
        "The packages of the extension '{0}' are to have the version of '{1}', but the node image has no package of that name.{2}");

    /// <summary>Only repositories of other extensions have a package. Arguments: the extension, the package, the repositories.</summary>
    public static readonly DiagnosticDescriptor ForeignRepository = new(
        "NI1314",
        "The package is in another extension's repository",
        "The extension '{0}' names '{1}', which only {2} has, and that repository is there for other extensions. Name it in Repositories.");

    /// <summary>An extension could be installed only with other packages than the node image's. Arguments: the package, what would change, why.</summary>
    public static readonly DiagnosticDescriptor ChangesNode = new(
        "NI1313",
        "An extension would change the node image",
        "'{0}' would change {1} of the node image: {2}. An extension is installed on nodes as they are. Let both come from the same repositories, or ask for a version that fits (MatchBaseEvr).");
}
