using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>
/// Reads a database of the kind sqlite (<c>lib/backend/sqlite.c</c> of rpm). The file is never written to and may lie
/// on a read-only medium; what a writer left in a log beside it is read with it.
/// </summary>
internal static class SqliteReader
{
    // Reading a header is a handful of steps; a database that is made to run for ever stops here.
    private const int MaxThousandSteps = 100_000;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Reads a database.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its packages.</returns>
    /// <exception cref="DiagnosticException">NI2401: it is no such database. NI2402: it is damaged.</exception>
    public static RpmDatabase Read(string path)
    {
        CheckMagic(path);
        var log = path + "-wal";
        if (!File.Exists(log) || new FileInfo(log).Length == 0)
        {
            return ReadFile(path, path);
        }

        // The log can only be read where it may be written, so both are copied.
        var folder = Directory.CreateTempSubdirectory("nodeimage-rpmdb-");
        try
        {
            var copy = Path.Combine(folder.FullName, RpmDatabase.SqliteFileName);
            File.Copy(path, copy);
            File.Copy(log, copy + "-wal");
            return ReadFile(copy, path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CheckMagic(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> magic = stackalloc byte[16];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(Magic))
        {
            throw DatabaseDiagnostics.Unsupported.Error(null, path, "it does not begin as one");
        }
    }

    private static RpmDatabase ReadFile(string path, string source)
    {
        // Immutable: no lock, no log, no write, whatever the file says of its journal.
        var hasLog = File.Exists(path + "-wal");
        var address = new Uri(Path.GetFullPath(path)).AbsoluteUri + (hasLog ? "" : "?immutable=1");
        try
        {
            using var connection = SqliteConnection.OpenReadOnly(address);
            connection.LimitSteps(MaxThousandSteps);
            connection.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
            RequireTable(connection, source);
            var packages = ReadPackages(connection, source);
            return new RpmDatabase(packages, Math.Max(ReadLastNumber(connection), packages.Count > 0 ? packages[^1].Number : 0));
        }
        catch (SqliteException e)
        {
            throw DatabaseDiagnostics.Damaged.Wrap(e, null, source, e.Message);
        }
    }

    // Anything else by that name, such as a view, or a column that is generated, could make the reader compute instead of read.
    private static void RequireTable(SqliteConnection connection, string source)
    {
        using var statement = connection.Prepare(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'Packages' AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo('Packages') WHERE hidden <> 0)");
        if (!statement.Step())
        {
            throw DatabaseDiagnostics.Unsupported.Error(null, source, "it has no table of packages");
        }
    }

    private static List<InstalledPackage> ReadPackages(SqliteConnection connection, string source)
    {
        var packages = new List<InstalledPackage>();
        using var statement = connection.Prepare("SELECT hnum, blob FROM Packages ORDER BY hnum");
        while (statement.Step())
        {
            var number = statement.GetNumber(0);
            var blob = statement.GetBlob(1);
            if (number is <= 0 or > uint.MaxValue || (packages.Count > 0 && number <= packages[^1].Number))
            {
                throw DatabaseDiagnostics.Damaged.Error(null, source, $"a package has the number {number}");
            }

            packages.Add(new InstalledPackage((uint)number, RpmHeader.Parse(blob.ToArray(), RpmHeaderKind.Installed, $"{source}, header {number}")));
        }

        return packages;
    }

    private static uint ReadLastNumber(SqliteConnection connection)
    {
        using var exists = connection.Prepare("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");
        if (!exists.Step())
        {
            return 0;
        }

        using var statement = connection.Prepare("SELECT seq FROM sqlite_sequence WHERE name = 'Packages'");
        return statement.Step() ? (uint)Math.Clamp(statement.GetNumber(0), 0, uint.MaxValue) : 0;
    }
}
