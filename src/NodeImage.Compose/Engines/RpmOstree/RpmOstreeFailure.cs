using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>Tells what rpm-ostree's last words mean, with the words kept.</summary>
internal static partial class RpmOstreeFailure
{
    /// <summary>Makes a diagnostic of a call that failed.</summary>
    /// <param name="program">The program.</param>
    /// <param name="doing">What it was doing.</param>
    /// <param name="status">Its exit status.</param>
    /// <param name="words">The last lines that it wrote.</param>
    /// <returns>The exception to throw.</returns>
    public static DiagnosticException Of(string program, string doing, int status, string words)
    {
        if (Packages().Match(words) is { Success: true } missing)
        {
            var names = missing.Groups[1].Value.Trim();
            return RpmOstreeDiagnostics.PackagesMissing.Error(new ItemReference("RpmPackage", names.Split(',', ' ')[0]), names, words);
        }

        if (Lua().Match(words) is { Success: true } lua)
        {
            return RpmOstreeDiagnostics.LuaScriptlet.Error(null, lua.Groups[1].Value, words);
        }

        if (Field().Match(words) is { Success: true } field)
        {
            return RpmOstreeDiagnostics.UnknownField.Error(new ItemReference("TreefileField", field.Groups[1].Value), field.Groups[1].Value, words);
        }

        return Namespaces().IsMatch(words)
            ? RpmOstreeDiagnostics.NoSandbox.Error(null, words)
            : RpmOstreeDiagnostics.ToolFailed.Error(null, program, doing, status, words);
    }

    // Packages not found: a, b - No package matches 'a' - No matches for 'a' in repo 'b'
    [GeneratedRegex(@"(?:Packages not found: *|No package matches *|No match(?:es)? for *(?:argument: *)?)'?([A-Za-z0-9._+~:, ()^-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Packages();

    // Package 'a' has (currently) unsupported <lua> script in '%post'
    [GeneratedRegex(@"Package '([^'\r\n]+)' has [^\r\n]*<lua>", RegexOptions.IgnoreCase)]
    private static partial Regex Lua();

    [GeneratedRegex(@"unknown field:? `([^`\r\n]+)`", RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    [GeneratedRegex(@"bwrap\b[^\r\n]*(?:namespace|permission|not permitted|setting up)", RegexOptions.IgnoreCase)]
    private static partial Regex Namespaces();
}
