using System.Globalization;

namespace NodeImage.Rpm.Versions;

/// <summary>Epoch, version and release. A release may be absent, as it often is in dependencies.</summary>
/// <param name="Epoch">The epoch, 0 where none is written.</param>
/// <param name="Version">The version.</param>
/// <param name="Release">The release, or null where there is none.</param>
public sealed record Evr(uint Epoch, string Version, string? Release) : IComparable<Evr>
{
    /// <summary>Reads <c>[epoch:]version[-release]</c>.</summary>
    /// <param name="text">The text. An epoch that is not a number is read as 0, as rpm does.</param>
    /// <returns>The parts.</returns>
    public static Evr Parse(string text)
    {
        var rest = text;
        var epoch = 0u;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && text.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            _ = uint.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out epoch);
            rest = text[(colon + 1)..];
        }

        var dash = rest.LastIndexOf('-');
        return dash < 0 ? new Evr(epoch, rest, null) : new Evr(epoch, rest[..dash], rest[(dash + 1)..]);
    }

    /// <summary>Compares all three parts; an absent release sorts before any other.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(Evr? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = CompareEpochAndVersion(other);
        return order != 0 ? order : RpmVersion.Compare(Release ?? "", other.Release ?? "");
    }

    /// <summary>Compares as dependencies do: releases count only where both sides have one.</summary>
    /// <param name="other">The other version.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareForDependency(Evr other)
    {
        var order = CompareEpochAndVersion(other);
        return order != 0 || string.IsNullOrEmpty(Release) || string.IsNullOrEmpty(other.Release)
            ? order
            : RpmVersion.Compare(Release, other.Release);
    }

    /// <summary><c>version-release</c>, with <c>epoch:</c> before it where the epoch is not 0.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var versionRelease = Release is null ? Version : $"{Version}-{Release}";
        return Epoch == 0 ? versionRelease : string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{versionRelease}");
    }

    private int CompareEpochAndVersion(Evr other)
    {
        var order = Epoch.CompareTo(other.Epoch);
        return order != 0 ? order : RpmVersion.Compare(Version, other.Version);
    }
}
