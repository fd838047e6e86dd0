namespace NodeImage.Tasks;

/// <summary>Where diagnostics are explained: in pages that come with the SDK.</summary>
internal static class HelpLinks
{
    private static readonly string Pages = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(HelpLinks).Assembly.Location)!, "..", "..", "docs", "diagnostics"));

    /// <summary>The page of a diagnostic.</summary>
    /// <param name="code">Its code.</param>
    /// <returns>The address of a file, or null where this build of the SDK has no pages.</returns>
    public static string? For(string code)
    {
        var page = Path.Combine(Pages, code + ".md");
        return File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
}
