using NodeImage.Compose.Testing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>Reads what <c>dotnet test --logger</c> asks for.</summary>
internal static class TestLoggers
{
    /// <summary>Finds the reports that are to be written.</summary>
    /// <param name="loggers">Loggers with their settings: <c>trx;LogFileName=image.trx;console</c>.</param>
    /// <param name="folder">The folder that results go to.</param>
    /// <param name="name">What a report is called that has no name.</param>
    /// <param name="report">Hears of loggers that are not known.</param>
    /// <returns>The reports' full paths.</returns>
    public static IEnumerable<string> TrxFiles(string? loggers, string folder, string name, Action<Diagnostic> report)
    {
        var files = new List<string>();
        foreach (var part in (loggers ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Equals("trx", StringComparison.OrdinalIgnoreCase))
            {
                files.Add($"{name}.trx");
            }
            else if (part.Contains('=', StringComparison.Ordinal))
            {
                // A setting of the logger before it; only a report's name means anything here.
                if (files.Count > 0 && part.StartsWith("LogFileName=", StringComparison.OrdinalIgnoreCase))
                {
                    files[^1] = part["LogFileName=".Length..];
                }
            }
            else if (!part.Equals("console", StringComparison.OrdinalIgnoreCase))
            {
                report(TestDiagnostics.UnknownLogger.At(null, part));
            }
        }

        return files.Select(file => Path.GetFullPath(file, folder));
    }
}
