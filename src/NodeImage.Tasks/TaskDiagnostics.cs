using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>What can be wrong with a project, and with the machine that builds it.</summary>
internal static class TaskDiagnostics
{
    /// <summary>The project does not say what it makes. Arguments: what it says.</summary>
    public static readonly DiagnosticDescriptor UnknownKind = new(
        "NI1001",
        "OSImageKind is not set",
        "OSImageKind is '{0}'. Set it to Base for an operating-system base image, to Layered for an image on top of one, to Extensions for what nodes can install on top of that, or to Overlay for a library of units and files.");

    /// <summary>The target framework is not known. Arguments: what it says.</summary>
    public static readonly DiagnosticDescriptor UnknownFramework = new(
        "NI1002",
        "Unknown target framework",
        "The TargetFramework '{0}' names no operating-system release. Those that exist are rhelX.Y (such as rhel9.6 and rhel10.2) and cXs (c9s, c10s).");

    /// <summary>The runtime identifier is not known. Arguments: what it says, those that exist.</summary>
    public static readonly DiagnosticDescriptor UnknownRuntime = new(
        "NI1003",
        "Unknown runtime identifier",
        "No image can be made for the RuntimeIdentifier '{0}'. Those that exist are {1}.");

    /// <summary>A package item has a wildcard. Arguments: the pattern as written, the way to write it.</summary>
    public static readonly DiagnosticDescriptor WildcardInPackage = new(
        "NI1004",
        "A pattern in RpmPackage names files",
        "MSBuild takes '{0}' as a pattern of file names, so it asks for no package. Name the packages, or write '{1}' for a pattern of package names.");

    /// <summary>A file of an item does not exist. Arguments: the item type, the path.</summary>
    public static readonly DiagnosticDescriptor FileNotFound = new(
        "NI1005",
        "File not found",
        "The {0} '{1}' does not exist. Correct the path, or add the file.");

    /// <summary>Metadata has a value that it cannot have. Arguments: the metadata, the value, the values it can have.</summary>
    public static readonly DiagnosticDescriptor BadMetadata = new(
        "NI1006",
        "Metadata has an unknown value",
        "'{1}' is no value of the metadata {0}; it can be {2}.");

    /// <summary>A property has a value that it cannot have. Arguments: the property, the value, the values it can have.</summary>
    public static readonly DiagnosticDescriptor BadProperty = new(
        "NI1007",
        "A property has an unknown value",
        "'{1}' is no value of the property {0}; it can be {2}.");

    /// <summary>Metadata is missing. Arguments: the item type, the identity, the metadata.</summary>
    public static readonly DiagnosticDescriptor MissingMetadata = new(
        "NI1008",
        "Metadata is missing",
        "The {0} '{1}' needs the metadata {2}.");

    /// <summary>A layered image has no base. No arguments.</summary>
    public static readonly DiagnosticDescriptor NoBase = new(
        "NI1009",
        "The layered image has no base",
        "A layered image stands on a base: add a ProjectReference to the base's .osproj, or set ContainerBaseImage to an image in a registry, an OCI archive or the folder of an OCI image layout.");

    /// <summary>A base image has a base. No arguments.</summary>
    public static readonly DiagnosticDescriptor BaseOfBase = new(
        "NI1010",
        "The base image has a base of its own",
        "An image of the kind Base stands on nothing, but this project references another image. Set OSImageKind to Layered, or remove the reference.");

    /// <summary>The base is of another release. Arguments: the base's, the project's.</summary>
    public static readonly DiagnosticDescriptor BaseOfOtherRelease = new(
        "NI1011",
        "The base is of another release",
        "The base is made for {0}, this image for {1}. Let both have the same TargetFramework; AllowOlderBaseFramework=true takes an older base of the same major release.");

    /// <summary>A name is no unit's. Arguments: the name.</summary>
    public static readonly DiagnosticDescriptor BadUnitName = new(
        "NI1012",
        "Not the name of a unit",
        "'{0}' is not the name of a systemd unit: such a name ends in .service, .socket, .target, .timer and the like.");

    /// <summary>An image path is not absolute or climbs. Arguments: the item, the path.</summary>
    public static readonly DiagnosticDescriptor BadImagePath = new(
        "NI1013",
        "Not a path in an image",
        "The ImagePath '{1}' of {0} is not an absolute path in the image, such as /usr/libexec/tool.");

    /// <summary>A program left nothing to put into the image. Arguments: the project.</summary>
    public static readonly DiagnosticDescriptor EmptyProgram = new(
        "NI1014",
        "The program has no files",
        "Publishing '{0}' gave no files to put into the image. Is it a program (OutputType Exe)?");

    /// <summary>An image has several bases. Arguments: their projects and images.</summary>
    public static readonly DiagnosticDescriptor SeveralBases = new(
        "NI1016",
        "More than one base",
        "The image has more than one base: {0}. Keep one of them: a ProjectReference to an .osproj of the kind Base, or ContainerBaseImage.");

    /// <summary>Two repositories have one name. Arguments: the name.</summary>
    public static readonly DiagnosticDescriptor RepeatedRepository = new(
        "NI1017",
        "Two repositories have one name",
        "There is more than one RpmRepository '{0}'. Give each a name of its own; where only one is meant for an architecture, say so with Architectures.");

    /// <summary>An item has metadata that nothing reads. Arguments: the metadata, the item type, what to do.</summary>
    public static readonly DiagnosticDescriptor UnknownMetadata = new(
        "NI1018",
        "An item does not have this metadata",
        "'{0}' is not metadata of {1}{2}",
        DiagnosticSeverity.Warning);

    /// <summary>A property is like one of the SDK. Arguments: the property, the one of the SDK.</summary>
    public static readonly DiagnosticDescriptor MisspeltProperty = new(
        "NI1019",
        "A property may be misspelt",
        "Nothing reads the property '{0}'; did you mean '{1}'?",
        DiagnosticSeverity.Warning);

    /// <summary>A type of items is like one of the SDK. Arguments: the type, the one of the SDK.</summary>
    public static readonly DiagnosticDescriptor MisspeltItem = new(
        "NI1020",
        "A type of items may be misspelt",
        "Nothing reads the items '{0}'; did you mean '{1}'?",
        DiagnosticSeverity.Warning);

    /// <summary>An overlay that a library carries cannot be read. Arguments: its list, what is wrong with it.</summary>
    public static readonly DiagnosticDescriptor LibraryMalformed = new(
        "NI1021",
        "An overlay of a library cannot be read",
        "'{0}' does not list an overlay: {1} Restore the package that it comes from anew (dotnet nuget locals global-packages --clear), or report it to whoever makes the package.");

    /// <summary>An image is packed. No arguments.</summary>
    public static readonly DiagnosticDescriptor ImageNotPacked = new(
        "NI1022",
        "An image is not packed",
        "An image is not packed. Deliver it with dotnet publish; what several images share can be packed from a project with OSImageKind Overlay.",
        DiagnosticSeverity.Warning);

    /// <summary>A library that is packed references a project. Arguments: the reference.</summary>
    public static readonly DiagnosticDescriptor ProjectInPackage = new(
        "NI1023",
        "A package cannot bring a project",
        "The overlay library references the project '{0}', which its package could not bring. Pack that project too, and reference its package (PackageReference).");

    /// <summary>The log is asked for in a version that is not written. Arguments: the version.</summary>
    public static readonly DiagnosticDescriptor OtherSarifVersion = new(
        "NI1024",
        "The log is of another version than asked for",
        "ErrorLog asks for SARIF of the version '{0}', but only version 2.1.0 is written. Write ErrorLog=PATH,version=2.1, or leave the version out.",
        DiagnosticSeverity.Warning);

    /// <summary>The disk is full. Arguments: what the platform says.</summary>
    public static readonly DiagnosticDescriptor DiskFull = new(
        "NI3001",
        "The disk is full",
        "There is no space left on the disk: {0} Free some, or point NODEIMAGE_CACHE to another disk. What was there before has not been changed.");

    /// <summary>A file cannot be read or written. Arguments: what the platform says.</summary>
    public static readonly DiagnosticDescriptor FileAccess = new(
        "NI3002",
        "A file cannot be read or written",
        "{0} Look whether the file exists and whether this user may use it.");
}
