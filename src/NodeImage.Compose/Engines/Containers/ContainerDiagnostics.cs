using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>What can go wrong while an image is built as a container.</summary>
internal static class ContainerDiagnostics
{
    /// <summary>The tool cannot be started. Arguments: the program, why.</summary>
    public static readonly DiagnosticDescriptor NoTool = new(
        "NI3701",
        "The container tool cannot be started",
        "The engine {0} needs the program '{1}', which cannot be started: {2} Install it, or set OSImageEngine to another engine.");

    /// <summary>The tool failed. Arguments: the program, what it was doing, its exit status, what it said last.</summary>
    public static readonly DiagnosticDescriptor ToolFailed = new(
        "NI3702",
        "The container tool failed",
        "{0} failed while {1} (exit status {2}). The last that it said: {3}");

    /// <summary>Something cannot be said in a Containerfile. Arguments: what, the value.</summary>
    public static readonly DiagnosticDescriptor NotExpressible = new(
        "NI3703",
        "A value cannot stand in a Containerfile",
        "The {0} '{1}' has a line end or another control character, which cannot stand in a Containerfile. Give it another value, or compose with the engine Managed.");

    /// <summary>A base image needs an image to be built in. Arguments: the engine.</summary>
    public static readonly DiagnosticDescriptor NoBuilderImage = new(
        "NI3704",
        "A base image needs a builder image",
        "A base image is made of nothing, so {0} needs an image with dnf and rpm to make it in. Set OSImageBuilderImage to one, or compose with the engine Managed.");

    /// <summary>The package tool cannot make a base. Arguments: the tool.</summary>
    public static readonly DiagnosticDescriptor PackageToolNeedsBase = new(
        "NI3705",
        "The package tool needs a base image",
        "rpm-ostree installs packages into an image that is there already; it cannot make a base. Set OSImagePackageTool to Dnf.");

    /// <summary>What was built does not stand on the base. Arguments: the program.</summary>
    public static readonly DiagnosticDescriptor NotOnBase = new(
        "NI3706",
        "The image does not stand on its base",
        "What {0} has built does not begin with the base's layers. Do not squash layers, and see to it that the tool does not take the base from elsewhere.");

    /// <summary>The folder has other files. Arguments: the folder.</summary>
    public static readonly DiagnosticDescriptor FolderInUse = new(
        "NI3707",
        "The folder for the Containerfile holds something else",
        "The folder '{0}' is not empty and has no Containerfile of this SDK in it, so it is not written over. Set ContainerfileFolder to a folder of its own.");

    /// <summary>Something has a value that the container build cannot take. Arguments: what, the value, why.</summary>
    public static readonly DiagnosticDescriptor BadValue = new(
        "NI3708",
        "A value is of no use for a container build",
        "The {0} '{1}' cannot be used in a container build: {2}");

    /// <summary>There is no container build of extensions. Arguments: the engine.</summary>
    public static readonly DiagnosticDescriptor NoExtensions = new(
        "NI3710",
        "An extensions image is not built as a container",
        "An image of the kind Extensions holds packages as files and runs nothing, so {0} has nothing to build. Set OSImageEngine to Managed, or to RpmOstree to have rpm-ostree gather the packages.");

    /// <summary>A secret's file is missing. Arguments: the ID, the file.</summary>
    public static readonly DiagnosticDescriptor SecretMissing = new(
        "NI3709",
        "The file of a secret does not exist",
        "The secret '{0}' is to be read from '{1}', and there is no such file. Correct Source, or write the file before the build.");
}
