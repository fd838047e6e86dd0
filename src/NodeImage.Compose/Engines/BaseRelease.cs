using System.Globalization;
using System.Text.RegularExpressions;
using NodeImage.Compose.Definition;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines;

/// <summary>The release that a base image says it is of, in <c>os-release(5)</c>.</summary>
/// <param name="Id">The distribution, such as <c>rhel</c> or <c>rhcos</c>.</param>
/// <param name="Version">The version of RHEL or of the stream that it is of: <c>9.6</c>, or <c>9</c>.</param>
public sealed partial record BaseRelease(string Id, string Version)
{
    private static readonly string[] Places = ["/usr/lib/os-release", "/etc/os-release"];

    /// <summary>Reads what an image says of itself.</summary>
    /// <param name="tree">The image's files.</param>
    /// <returns>The release, or null where it does not say.</returns>
    public static BaseRelease? Read(FileTree tree)
    {
        var content = Places.Select(place => tree.Resolve(place)?.Inode.Content).FirstOrDefault(content => content is { Length: < 64 << 10 });
        if (content is null)
        {
            return null;
        }

        var values = Parse(content.ReadText());

        // The versions of CoreOS are those of OpenShift; what it is made of is told apart.
        var id = values.GetValueOrDefault("ID");
        var version = values.GetValueOrDefault(id == "rhcos" ? "RHEL_VERSION" : "VERSION_ID");
        return id is not null && version is not null && Versions().IsMatch(version) ? new BaseRelease(id, version) : null;
    }

    /// <summary>The release as a target framework.</summary>
    /// <param name="wanted">The target framework of the image that stands on the base.</param>
    /// <returns>The base's target framework: <paramref name="wanted"/> where the base does not tell it apart; null where it is of a distribution of which nothing is known.</returns>
    public string? TargetFramework(string wanted)
    {
        var known = OSRelease.TryParse(wanted, out var release);
        var major = Version.Split('.')[0];
        return Id switch
        {
            "centos" => $"c{major}s",
            "rhel" or "rhcos" when Version.Contains('.', StringComparison.Ordinal) => $"rhel{Version}",
            "rhel" or "rhcos" when known && release!.Family == "rhel" && release.Major.ToString(CultureInfo.InvariantCulture) == major => wanted,
            "rhel" => $"rhel{major}.0",
            _ => null,
        };
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#')
            {
                values[line[..equals]] = line[(equals + 1)..].Trim('"', '\'');
            }
        }

        return values;
    }

    [GeneratedRegex("^[0-9]{1,3}(\\.[0-9]{1,3})?\\z")]
    private static partial Regex Versions();
}
