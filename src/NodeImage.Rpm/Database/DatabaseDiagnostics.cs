using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Database;

/// <summary>What can be wrong with an rpm database.</summary>
public static class DatabaseDiagnostics
{
    /// <summary>There is no database, or it is of a kind that is not read. Arguments: path, what was seen.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new(
        "NI2401",
        "No readable rpm database",
        "'{0}' is no rpm database that can be read: {1}. Databases of the kinds sqlite (rpmdb.sqlite) and ndb (Packages.db) are read; convert an older one with 'rpmdb --rebuilddb'.");

    /// <summary>The database is damaged. Arguments: path, what was seen.</summary>
    public static readonly DiagnosticDescriptor Damaged = new(
        "NI2402",
        "Damaged rpm database",
        "The rpm database '{0}' is damaged: {1}. Rebuild it with 'rpmdb --rebuilddb', or use another base image.");

    /// <summary>The database cannot be written. Arguments: path, reason.</summary>
    public static readonly DiagnosticDescriptor Unwritable = new(
        "NI2403",
        "rpm database cannot be written",
        "The rpm database '{0}' cannot be written: {1}");

    /// <summary>A package's headers do not go together. Arguments: package file, entry.</summary>
    public static readonly DiagnosticDescriptor NotInstallable = new(
        "NI2404",
        "Package cannot be entered into an rpm database",
        "'{0}' cannot be entered into an rpm database: the entry {1} of its signature header is not what it should be, or is in its header as well. rpm refuses such a package too; have it rebuilt.");

    /// <summary>The library that writes databases cannot be loaded. Arguments: reason.</summary>
    public static readonly DiagnosticDescriptor LibraryMissing = new(
        "NI2405",
        "SQLite cannot be loaded",
        "SQLite, which rpm databases are read and written with, cannot be loaded: {0}. There may be no build of it for this machine.");
}
