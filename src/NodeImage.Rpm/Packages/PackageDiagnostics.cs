using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Packages;

/// <summary>What can be wrong with a package file itself.</summary>
public static class PackageDiagnostics
{
    /// <summary>The file is something else. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor NotAPackage = new(
        "NI2301",
        "Not an RPM package",
        "'{0}' is not an RPM package: {1}. Give the path of a package file, or fetch it anew if it should be one.");

    /// <summary>A header breaks the rules of the format. Arguments: file, part, what was seen.</summary>
    public static readonly DiagnosticDescriptor MalformedHeader = new(
        "NI2302",
        "Malformed package header",
        "The {1} of '{0}' is malformed: {2}. rpm refuses such a package as well; fetch it anew or have it rebuilt.");

    /// <summary>The file cannot be read. Arguments: file, reason.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new(
        "NI2303",
        "Package cannot be read",
        "'{0}' cannot be read: {1}");

    /// <summary>The file list contradicts itself. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor MalformedFileList = new(
        "NI2304",
        "Malformed file list",
        "The file list of '{0}' is malformed: {1}. Have the package rebuilt.");

    /// <summary>A scriptlet or trigger entry contradicts itself. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor MalformedScriptlets = new(
        "NI2305",
        "Malformed scriptlets",
        "The scriptlets of '{0}' are malformed: {1}. Have the package rebuilt.");

    /// <summary>The header lacks an entry that every package has. Arguments: file, entry.</summary>
    public static readonly DiagnosticDescriptor MissingEntry = new(
        "NI2306",
        "Package header lacks an entry",
        "The header of '{0}' has no {1}. Have the package rebuilt.");
}
