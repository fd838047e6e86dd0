using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;

namespace NodeImage.Rpm.Database;

/// <summary>
/// Writes a database of the kind sqlite, with the tables and indexes that rpm makes (<c>lib/backend/sqlite.c</c>). All is
/// written in one transaction and in one order, table by table, so that the bytes depend on the packages alone. The
/// journal is not the write-ahead log that rpm itself would choose: with that, no query works on a read-only <c>/usr</c>.
/// </summary>
internal static class SqliteWriter
{
    private const string Before = """
        PRAGMA page_size = 4096;
        PRAGMA encoding = 'UTF-8';
        PRAGMA auto_vacuum = NONE;
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        BEGIN;
        CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL);
        """;

    /// <summary>Writes a database.</summary>
    /// <param name="database">The packages.</param>
    /// <param name="path">Where the file goes.</param>
    /// <param name="bigEndian">Whether numbers in keys are stored most significant byte first.</param>
    /// <exception cref="DiagnosticException">NI2403: it cannot be written. NI2405: SQLite cannot be loaded.</exception>
    public static void Write(RpmDatabase database, string path, bool bigEndian)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var aside = AtomicFile.NameAside(folder, Path.GetFileName(path));
        try
        {
            Directory.CreateDirectory(folder);
            using (var connection = SqliteConnection.Create(aside))
            {
                Write(database, connection, bigEndian);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw DatabaseDiagnostics.Unwritable.Wrap(e, null, path, e.Message);
        }
        finally
        {
            if (File.Exists(aside))
            {
                File.Delete(aside);
            }
        }
    }

    private static void Write(RpmDatabase database, SqliteConnection connection, bool bigEndian)
    {
        connection.Execute(Before);
        foreach (var table in IndexTable.All)
        {
            // The type in quotes is rpm's own spelling.
            connection.Execute($"CREATE TABLE '{table.Name}' (key '{(table.IsText ? "TEXT" : "BLOB")}' NOT NULL, hnum INTEGER NOT NULL, "
                + "idx INTEGER NOT NULL, FOREIGN KEY (hnum) REFERENCES 'Packages'(hnum))");
        }

        WritePackages(database, connection);
        foreach (var table in IndexTable.All)
        {
            WriteTable(table, database, connection, bigEndian);
        }

        // Indexes are made from whole tables, which is faster, and leaves no gaps.
        foreach (var table in IndexTable.All)
        {
            MakeIndexes(table, connection);
        }

        connection.Execute("COMMIT");
    }

    private static void WritePackages(RpmDatabase database, SqliteConnection connection)
    {
        using var statement = connection.Prepare("INSERT INTO 'Packages' VALUES(?, ?)");
        foreach (var package in database.Packages)
        {
            statement.BindNumber(1, package.Number);
            statement.BindBlob(2, package.Header.Blob.Span);
            statement.Run();
        }

        // The number after the last that was ever given is the next, even when the package that had it is gone.
        connection.Execute("DELETE FROM sqlite_sequence");
        if (database.LastNumber > 0)
        {
            connection.Execute(FormattableString.Invariant($"INSERT INTO sqlite_sequence VALUES('Packages', {database.LastNumber})"));
        }
    }

    private static void WriteTable(IndexTable table, RpmDatabase database, SqliteConnection connection, bool bigEndian)
    {
        using var statement = connection.Prepare($"INSERT INTO '{table.Name}' VALUES(?, ?, ?)");
        foreach (var package in database.Packages)
        {
            IndexRows.Write(table, package.Header, bigEndian, (key, index) =>
            {
                if (table.IsText)
                {
                    statement.BindText(1, key);
                }
                else
                {
                    statement.BindBlob(1, key);
                }

                statement.BindNumber(2, package.Number);
                statement.BindNumber(3, index);
                statement.Run();
            });
        }
    }

    private static void MakeIndexes(IndexTable table, SqliteConnection connection)
    {
        if (table.IsText)
        {
            connection.Execute($"CREATE INDEX '{table.Name}_key_idx' ON '{table.Name}'(key ASC)");
        }

        if (table.IsText && table.IsArray)
        {
            connection.Execute($"CREATE INDEX '{table.Name}_hnum_idx' ON '{table.Name}'(hnum ASC)");
        }
    }
}
