namespace NodeImage.Tasks;

/// <summary>Where the cache of this user is.</summary>
internal static class CachePlace
{
    private const string Variable = "NODEIMAGE_CACHE";
    private const string Name = "nodeimage";

    /// <summary>Finds the cache's folder.</summary>
    /// <param name="given">The folder that the project names, or empty.</param>
    public static string Resolve(string? given)
    {
        if (!string.IsNullOrEmpty(given))
        {
            return Path.GetFullPath(given);
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            return Path.GetFullPath(folder);
        }

        // The platform's own: ~/.cache as XDG has it, ~/Library/Caches, %LOCALAPPDATA%.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches", Name);
        }

        return Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".cache"), Name);
    }
}
