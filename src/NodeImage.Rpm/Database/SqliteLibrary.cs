using NodeImage.Core.IO;
using SQLitePCL;

namespace NodeImage.Rpm.Database;

/// <summary>Loads SQLite.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string?> Failure = new(TryLoad);

    /// <summary>Loads SQLite unless it is loaded already.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2405: it cannot be loaded.</exception>
    public static void Load()
    {
        if (Failure.Value is { } failure)
        {
            throw DatabaseDiagnostics.LibraryMissing.Error(null, failure);
        }
    }

    private static string? TryLoad()
    {
        NativeLibraries.Provide(typeof(SQLite3Provider_e_sqlite3).Assembly, "e_sqlite3");
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _ = raw.sqlite3_libversion_number();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            return e.Message;
        }
    }
}
