using NodeImage.Compose.Definition;

namespace NodeImage.Compose.References;

/// <summary>Chooses which of a project's target frameworks serves an image.</summary>
public static class FrameworkChoice
{
    /// <summary>Chooses a framework: the image's own, or the nearest older minor release of the same major one.</summary>
    /// <param name="own">The image's framework.</param>
    /// <param name="offered">The frameworks that the project is built for.</param>
    /// <param name="allowOlder">Whether an older one will do.</param>
    /// <returns>The framework, or null where none fits.</returns>
    public static string? Choose(string own, IReadOnlyList<string> offered, bool allowOlder)
    {
        if (offered.Contains(own, StringComparer.Ordinal))
        {
            return own;
        }

        return allowOlder && OSRelease.TryParse(own, out var release)
            ? offered
                .Select(name => OSRelease.TryParse(name, out var other) ? other : null)
                .OfType<OSRelease>()
                .Where(other => other.Family == release.Family && other.Major == release.Major && other.Minor < release.Minor)
                .MaxBy(other => other.Minor)?.Alias
            : null;
    }
}
