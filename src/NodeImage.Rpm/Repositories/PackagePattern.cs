using System.IO.Enumeration;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// A pattern that packages of a repository are included or excluded by, as in dnf's <c>includepkgs</c> and
/// <c>excludepkgs</c>: a name, or more of the NEVRA, with <c>*</c> and <c>?</c> standing for any characters.
/// </summary>
/// <param name="pattern">The pattern.</param>
public sealed class PackagePattern(string pattern)
{
    /// <summary>Whether a package is meant.</summary>
    /// <param name="nevra">The package.</param>
    /// <returns>True when the pattern fits its name, name and architecture, or name and version with or without epoch and architecture.</returns>
    public bool Matches(Nevra nevra)
    {
        if (Fits(nevra.Name))
        {
            return true;
        }

        var plain = nevra.Evr.Release is { Length: > 0 } release ? $"{nevra.Evr.Version}-{release}" : nevra.Evr.Version;
        return Fits($"{nevra.Name}.{nevra.Architecture}")
            || Fits($"{nevra.Name}-{nevra.Evr.Version}")
            || Fits($"{nevra.Name}-{plain}")
            || Fits($"{nevra.Name}-{plain}.{nevra.Architecture}")
            || Fits($"{nevra.Name}-{nevra.Evr.Epoch}:{plain}")
            || Fits($"{nevra.Name}-{nevra.Evr.Epoch}:{plain}.{nevra.Architecture}");
    }

    private bool Fits(string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
