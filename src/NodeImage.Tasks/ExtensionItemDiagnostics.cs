using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>What can be wrong with a project that makes extensions, or says something of them.</summary>
internal static class ExtensionItemDiagnostics
{
    /// <summary>An extension stands in a project of another kind. Arguments: the extension, the project's kind.</summary>
    public static readonly DiagnosticDescriptor OutOfPlace = new(
        "NI1301",
        "An extension in a project of another kind",
        "The OSExtension '{0}' has no place in an image of the kind {1}. Extensions make an image of their own: put them into a project with OSImageKind Extensions that references this one.");

    /// <summary>An extensions image has an item that it cannot have. Arguments: the item type, the identity.</summary>
    public static readonly DiagnosticDescriptor NotForExtensions = new(
        "NI1302",
        "An extensions image has nothing but extensions",
        "The {0} '{1}' has no place in an extensions image, which holds packages and nothing that is installed. Name packages in OSExtension items; put everything else into the node image's project.");

    /// <summary>Extensions have no node image. No arguments.</summary>
    public static readonly DiagnosticDescriptor NoNode = new(
        "NI1303",
        "The extensions have no node image",
        "Extensions are chosen to fit a node image: add a ProjectReference to its .osproj, or set ContainerBaseImage to an image in a registry, an OCI archive or the folder of an OCI image layout.");

    /// <summary>An extension names a repository that the project does not have. Arguments: the extension, the repository, those that it has.</summary>
    public static readonly DiagnosticDescriptor UnknownRepository = new(
        "NI1304",
        "An extension names an unknown repository",
        "The OSExtension '{0}' names the repository '{1}', but the project has {2}. Add an RpmRepository item of that name, or correct it.");

    /// <summary>An image stands on an extensions image. Arguments: the reference.</summary>
    public static readonly DiagnosticDescriptor ExtensionsAsBase = new(
        "NI1305",
        "An extensions image is no base",
        "'{0}' makes an extensions image, which is a repository in an image and no system. Reference the node image's project.");

    /// <summary>Two extensions have one name. Arguments: the name.</summary>
    public static readonly DiagnosticDescriptor Repeated = new(
        "NI1306",
        "Two extensions have one name",
        "There is more than one OSExtension '{0}' for this architecture. Give each a name of its own, or join their packages.");

    /// <summary>Only one of two properties is set that belong together. Arguments: the one that is set, the one that is missing.</summary>
    public static readonly DiagnosticDescriptor HalfAProduct = new(
        "NI1321",
        "labels.json needs two properties",
        "{0} is set, but {1} is not, so /usr/share/buildinfo/labels.json, which scanners read, is not written. Set both.",
        DiagnosticSeverity.Warning);
}
