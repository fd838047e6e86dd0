using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.SystemDatabases;

/// <summary>What is worth telling about the databases that an image's own tools would make.</summary>
internal static class SystemDatabaseDiagnostics
{
    /// <summary>The image's tool is not one whose work is known. Arguments: the tool's path, the file that is not made.</summary>
    public static readonly DiagnosticDescriptor UnknownTool = new(
        "NI3411",
        "A database is not made",
        "'{0}' of the image is not a version whose work is known, so '{1}' is not made. If the image needs it, run the tool in a PostProcessScript.",
        DiagnosticSeverity.Warning);

    /// <summary>The image's tool would complain about a file. Arguments: the tool, what it would say.</summary>
    public static readonly DiagnosticDescriptor Complaint = new(
        "NI3412",
        "A file is left out of a database",
        "{0}: {1} The package that brings the file is likely broken; without it, programs may not find what they look for.",
        DiagnosticSeverity.Warning);

    /// <summary>The tool gives up, and so the database is not made. Arguments: the tool, why, the database.</summary>
    public static readonly DiagnosticDescriptor GivenUp = new(
        "NI3413",
        "A database cannot be made",
        "{0} gives up on this image: {1} '{2}' is not made.",
        DiagnosticSeverity.Warning);
}
