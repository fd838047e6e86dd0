using SQLitePCL;

namespace NodeImage.Rpm.Database;

/// <summary>An open SQLite database. Failures come as <see cref="SqliteException"/>.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _database;

    private SqliteConnection(sqlite3 database) => _database = database;

    /// <summary>Opens a file that exists.</summary>
    /// <param name="address">A <c>file:</c> address.</param>
    public static SqliteConnection OpenReadOnly(string address) => Open(address, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    /// <summary>Makes a file that does not exist.</summary>
    /// <param name="path">Its path.</param>
    public static SqliteConnection Create(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Carries out statements that give nothing back.</summary>
    /// <param name="sql">The statements.</param>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>Prepares a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <returns>The statement; the caller disposes of it.</returns>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Ends whatever runs longer than it ever should.</summary>
    /// <param name="steps">How many steps of SQLite's machine may be taken from now on, in thousands.</param>
    public void LimitSteps(int steps)
    {
        var left = steps;
        raw.sqlite3_progress_handler(_database, 1000, _ => left-- > 0 ? 0 : 1, null);
    }

    /// <summary>Reports a failure.</summary>
    /// <param name="result">What SQLite gave back.</param>
    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = raw.sqlite3_close_v2(_database);
        _database.Dispose();
    }

    private static SqliteConnection Open(string path, int flags)
    {
        SqliteLibrary.Load();
        var result = raw.sqlite3_open_v2(path, out var database, flags, null);
        var connection = new SqliteConnection(database);
        try
        {
            connection.Check(result);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>A failure that SQLite reports.</summary>
/// <param name="message">In its words.</param>
internal sealed class SqliteException(string message) : Exception(message);
