using System.Text.RegularExpressions;

namespace NodeImage.Compose.Installing;

/// <summary>
/// Regular expressions over paths, as a treefile's <c>remove-from-packages</c> has them: one is found anywhere in a path
/// unless it says where. None may take long, whatever it says.
/// </summary>
public static class FilePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Compiles an expression.</summary>
    /// <param name="pattern">The expression.</param>
    /// <returns>The compiled expression.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            // It looks around itself, or back.
            return new Regex(pattern, RegexOptions.CultureInvariant, Limit);
        }
    }

    /// <summary>Whether an expression is found in a path.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="path">The path, with its leading slash.</param>
    /// <returns>True where it is.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">Looking takes longer than any honest expression does.</exception>
    internal static bool IsIn(Regex pattern, string path)
    {
        try
        {
            return pattern.IsMatch(path);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw InstallDiagnostics.SlowPattern.Wrap(e, new Core.Diagnostics.ItemReference("PackageFileRemoval", ""), pattern, path);
        }
    }
}
