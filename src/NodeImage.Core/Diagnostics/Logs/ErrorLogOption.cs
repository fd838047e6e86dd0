namespace NodeImage.Core.Diagnostics.Logs;

/// <summary>What the property <c>ErrorLog</c> says, in the form that the C# compiler gave it: <c>PATH[,version=VERSION]</c>.</summary>
/// <param name="Path">The file, as it is written.</param>
/// <param name="Version">The version of SARIF that is asked for, or null.</param>
public sealed record ErrorLogOption(string Path, string? Version)
{
    private const string VersionMark = "version=";

    /// <summary>Whether the version is the one that is written, 2.1.0, in any of the spellings that the compiler takes.</summary>
    public bool IsSupported => Version is null or "2" or "2.1" or "2.1.0";

    /// <summary>Reads the property. A comma that no version follows belongs to the path.</summary>
    /// <param name="text">What it says.</param>
    /// <returns>The file and the version.</returns>
    public static ErrorLogOption Parse(string text)
    {
        var comma = text.LastIndexOf(',');
        var rest = comma < 0 ? "" : text[(comma + 1)..].Trim();
        return rest.StartsWith(VersionMark, StringComparison.OrdinalIgnoreCase)
            ? new ErrorLogOption(text[..comma].Trim(), rest[VersionMark.Length..].Trim())
            : new ErrorLogOption(text.Trim(), null);
    }
}
