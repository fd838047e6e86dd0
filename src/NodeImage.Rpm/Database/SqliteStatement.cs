using SQLitePCL;

namespace NodeImage.Rpm.Database;

/// <summary>A prepared statement.</summary>
/// <param name="connection">What it was prepared on.</param>
/// <param name="statement">The statement.</param>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt statement) : IDisposable
{
    /// <summary>Sets a parameter to text.</summary>
    public void BindText(int position, ReadOnlySpan<byte> utf8) => connection.Check(raw.sqlite3_bind_text(statement, position, utf8));

    /// <summary>Sets a parameter to bytes.</summary>
    public void BindBlob(int position, ReadOnlySpan<byte> bytes) => connection.Check(raw.sqlite3_bind_blob(statement, position, bytes));

    /// <summary>Sets a parameter to a number.</summary>
    public void BindNumber(int position, long number) => connection.Check(raw.sqlite3_bind_int64(statement, position, number));

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        connection.Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Carries the statement out, and makes it ready to be carried out again.</summary>
    public void Run()
    {
        _ = Step();
        connection.Check(raw.sqlite3_reset(statement));
    }

    /// <summary>A column of the current row as a number.</summary>
    public long GetNumber(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>A column of the current row as bytes, which last until the next step.</summary>
    public ReadOnlySpan<byte> GetBlob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A column of the current row as text.</summary>
    public string GetText(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
