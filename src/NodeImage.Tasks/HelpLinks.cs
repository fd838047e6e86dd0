namespace NodeImage.Tasks;

/// <summary>Where diagnostics are explained: in pages that come with the SDK.</summary>
internal static class HelpLinks
{
    /// <summary>The page of a diagnostic.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="folder">What <c>NodeImageHelpFolder</c> says: a folder, or an address, with a slash at its end.</param>
    /// <returns>An address, or null where the folder has no such page.</returns>
    public static string? For(string code, string folder)
    {
        if (folder.Contains("://", StringComparison.Ordinal))
        {
            return $"{folder}{code}.md";
        }

        var page = Path.GetFullPath(Path.Combine(folder, code + ".md"));
        return folder.Length > 0 && File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
}
