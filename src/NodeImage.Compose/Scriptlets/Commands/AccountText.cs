namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>What may stand in the fields of <c>passwd(5)</c> and <c>group(5)</c>.</summary>
internal static class AccountText
{
    private const int MaxNameLength = 32;

    /// <summary>Whether a name is one that the system's tools accept for an account.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && (char.IsAsciiLetterOrDigit(name[0]) || name[0] is '_' or '.')
        && name.TrimEnd('$').All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
        && name.IndexOf('$', StringComparison.Ordinal) is var dollar && (dollar < 0 || dollar == name.Length - 1)
        && name is not ("." or "..")
        && !name.All(char.IsAsciiDigit);

    /// <summary>Finds a comment, home or shell that would break its line.</summary>
    /// <returns>The field, or null where all are well.</returns>
    public static string? FindFault(string? comment, string? home, string? shell) =>
        Array.Find([comment, home, shell], field => field is not null && field.AsSpan().IndexOfAny(":\n") >= 0)
        ?? Array.Find([home, shell], field => field is { Length: > 0 } && field[0] != '/');
}
