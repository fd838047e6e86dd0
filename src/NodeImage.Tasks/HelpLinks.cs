namespace NodeImage.Tasks;

/// <summary>Where diagnostics are explained.</summary>
internal static class HelpLinks
{
    /// <summary>The page of a diagnostic.</summary>
    /// <param name="code">Its code.</param>
    public static string For(string code) => $"https://nodeimage.dev/diagnostics/{code}";
}
