using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace NodeImage.Rpm.Database;

/// <summary>
/// Loads SQLite. A host that loads this assembly into a context of its own, as MSBuild does, does not look for native
/// libraries where NuGet lays them: beside the assembly, under <c>runtimes/(platform)/native</c>.
/// </summary>
internal static class SqliteLibrary
{
    private const string Name = "e_sqlite3";

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
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The host has one of its own.
        }

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

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Name)
        {
            return 0;
        }

        foreach (var folder in (ReadOnlySpan<string>)[Path.GetDirectoryName(assembly.Location) ?? "", AppContext.BaseDirectory])
        {
            foreach (var candidate in (ReadOnlySpan<string>)[Path.Combine(folder, "runtimes", Platform(), "native", FileName()), Path.Combine(folder, FileName())])
            {
                if (folder.Length > 0 && File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    private static string FileName() => OperatingSystem.IsWindows() ? $"{Name}.dll" : OperatingSystem.IsMacOS() ? $"lib{Name}.dylib" : $"lib{Name}.so";

    // The runtime's own identifier may name a distribution, for which no build is laid out.
    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : IsMusl() ? "linux-musl" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static bool IsMusl() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
}
