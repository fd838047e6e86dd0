using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Treefiles;

/// <summary>What there is to say where treefiles become projects, and projects treefiles.</summary>
public static class TreefileUseDiagnostics
{
    /// <summary>Fields have no meaning for an engine. Arguments: the fields, the engine.</summary>
    public static readonly DiagnosticDescriptor NotUsed = new(
        "NI1231",
        "Fields of a treefile have no effect here",
        "The engine {1} has no use for {0}; they are kept for EmitTreefile and for rpm-ostree.",
        DiagnosticSeverity.Message);

    /// <summary>A field asks for what an engine cannot do. Arguments: the field, its value, why, what can be done.</summary>
    public static readonly DiagnosticDescriptor Refused = new(
        "NI1232",
        "A field of a treefile cannot be honoured",
        "'{0}: {1}' would change the image: {2}. Remove it, or compose with OSImageEngine RpmOstree.");

    /// <summary>A field has an item or a property of its own. Arguments: the field, the item or property.</summary>
    public static readonly DiagnosticDescriptor HasItem = new(
        "NI1233",
        "A field of a treefile has an item of its own",
        "'{0}' is no TreefileField: say it with {1}.");

    /// <summary>A layer's folder is not there. Arguments: the layer, where was looked.</summary>
    public static readonly DiagnosticDescriptor LayerMissing = new(
        "NI1234",
        "The folder of a layer is missing",
        "The layer '{0}' has no folder at {1}. Add the folder, or say where it is with the metadata Folders of the Treefile item.");

    /// <summary>A repository is nowhere defined. Arguments: the repository, the folder.</summary>
    public static readonly DiagnosticDescriptor RepositoryMissing = new(
        "NI1235",
        "A repository of a treefile is not defined",
        "No .repo file in '{1}' defines the repository '{0}'. Add one, or an RpmRepository item of this name to the project.");

    /// <summary>A repository of an imported project has no address yet. Arguments: the repository, the folder.</summary>
    public static readonly DiagnosticDescriptor RepositoryToFill = new(
        "NI1236",
        "A repository needs an address",
        "No .repo file in '{1}' defines the repository '{0}'. Its RpmRepository item in the imported project has no address yet: add BaseUrl and GpgKey.",
        DiagnosticSeverity.Warning);

    /// <summary>Something cannot be said in a treefile. Arguments: what, why, what can be done.</summary>
    public static readonly DiagnosticDescriptor NotInTreefile = new(
        "NI1237",
        "A treefile cannot say this",
        "{0} cannot be written into a treefile: {1}. {2}");

    /// <summary>A project would be overwritten. Arguments: its path.</summary>
    public static readonly DiagnosticDescriptor ProjectExists = new(
        "NI1238",
        "The imported project exists",
        "'{0}' exists already. Give another ImportedProjectPath, or set OverwriteImportedProject to true.");

    /// <summary>A list of modes is malformed. Arguments: the file, the line, what is wrong.</summary>
    public static readonly DiagnosticDescriptor StatOverrideMalformed = new(
        "NI1239",
        "A statoverride file makes no sense",
        "'{0}', line {1}: {2}. Its lines are '=MODE PATH', with the mode in decimal and the path as in the image.");

    /// <summary>A lock cannot hold a package twice. Arguments: the name, the packages.</summary>
    public static readonly DiagnosticDescriptor MultilibLock = new(
        "NI1240",
        "A lock file of rpm-ostree cannot hold two architectures",
        "The lock has {1}, but a lock file of rpm-ostree keeps one package of the name '{0}'; that of the image's own architecture is written.",
        DiagnosticSeverity.Warning);

    /// <summary>What ImportTreefile needs is not set. Arguments: the property.</summary>
    public static readonly DiagnosticDescriptor NoTreefilePath = new(
        "NI1241",
        "No treefile to import",
        "{0} is not set. Say which treefile is to be imported: dotnet build -t:ImportTreefile -p:TreefilePath=manifest.yaml.");
}
