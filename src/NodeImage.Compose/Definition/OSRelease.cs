using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NodeImage.Compose.Definition;

/// <summary>
/// The operating system's release that an image is made for, as the target framework names it: <c>rhel9.6</c>, <c>rhel10.2</c>,
/// <c>c9s</c>, <c>c10s</c>.
/// </summary>
/// <param name="Alias">The name as the project writes it.</param>
/// <param name="Family">The distribution: <c>rhel</c>, or <c>centos-stream</c>.</param>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version, or null for a stream that has none.</param>
public sealed partial record OSRelease(string Alias, string Family, int Major, int? Minor)
{
    /// <summary>What repositories call <c>$releasever</c>: the major version.</summary>
    public string ReleaseVersion => Major.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version that an image's own version begins with: <c>9.6</c>, or <c>9</c> for a stream.</summary>
    public string VersionPrefix => Minor is null ? ReleaseVersion : string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>The full name of the framework that <c>NodeImage.TargetFramework.targets</c> makes of it for NuGet.</summary>
    public string FrameworkName => string.Create(CultureInfo.InvariantCulture, $"NodeImage,Version=v{Major}.{Minor ?? 0},Profile={(Minor is null ? "stream" : "rhel")}{Major}");

    /// <summary>Reads a target framework's alias.</summary>
    /// <param name="alias">The alias.</param>
    /// <param name="release">The release, when the result is true.</param>
    /// <returns>Whether it names a release that is known.</returns>
    public static bool TryParse(string alias, [NotNullWhen(true)] out OSRelease? release)
    {
        release = null;
        if (Rhel().Match(alias) is { Success: true } rhel)
        {
            release = new OSRelease(alias, "rhel", Number(rhel, 1), Number(rhel, 2));
        }
        else if (Stream().Match(alias) is { Success: true } stream)
        {
            release = new OSRelease(alias, "centos-stream", Number(stream, 1), null);
        }

        return release is not null;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^rhel([0-9]{1,3})\\.([0-9]{1,3})\\z")]
    private static partial Regex Rhel();

    [GeneratedRegex("^c([0-9]{1,3})s\\z")]
    private static partial Regex Stream();
}
