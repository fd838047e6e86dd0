using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Packages;

/// <summary>Decodes the dependencies of a header: names, versions and flags in three entries of equal length.</summary>
internal static class RpmDependencyReader
{
    /// <summary>Decodes one kind of dependency.</summary>
    /// <param name="header">The header.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="source">The file that the header comes from, for messages.</param>
    /// <returns>The dependencies in the header's order.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2302: the three entries differ in length.</exception>
    public static List<Dependency> Read(RpmHeader header, RpmDependencyKind kind, string source)
    {
        var (nameTag, versionTag, flagsTag) = TagsOf(kind);
        return Read(header, nameTag, versionTag, flagsTag, source);
    }

    /// <summary>Decodes dependencies, or the conditions of triggers, which have the same shape.</summary>
    /// <param name="header">The header.</param>
    /// <param name="nameTag">The entry of names.</param>
    /// <param name="versionTag">The entry of versions.</param>
    /// <param name="flagsTag">The entry of flags.</param>
    /// <param name="source">The file that the header comes from, for messages.</param>
    /// <returns>The dependencies in the header's order.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2302: the three entries differ in length.</exception>
    public static List<Dependency> Read(RpmHeader header, RpmTag nameTag, RpmTag versionTag, RpmTag flagsTag, string source)
    {
        var names = header.GetStringData(nameTag);
        var versions = header.GetStringData(versionTag);
        var flags = header.GetUInt32s(flagsTag);

        // Versions and flags may be missing altogether, as they are in very old packages.
        if ((versions.Count != 0 && versions.Count != names.Count) || (flags.Length != 0 && flags.Length != names.Count))
        {
            throw PackageDiagnostics.MalformedHeader.Error(
                null, source, "header", $"{nameTag}, {versionTag} and {flagsTag} differ in length");
        }

        var dependencies = new List<Dependency>(names.Count);
        var lastVersionText = ReadOnlySpan<byte>.Empty;
        Evr? lastVersion = null;
        for (var i = 0; names.MoveNext(); i++)
        {
            if (versions.MoveNext() && !versions.Current.SequenceEqual(lastVersionText))
            {
                lastVersionText = versions.Current;
                lastVersion = lastVersionText.IsEmpty ? null : Evr.Parse(RpmText.Decode(lastVersionText));
            }

            dependencies.Add(new Dependency(RpmText.Decode(names.Current), i < flags.Length ? (DependencyFlags)flags[i] : 0, lastVersion));
        }

        return dependencies;
    }

    private static (RpmTag Name, RpmTag Version, RpmTag Flags) TagsOf(RpmDependencyKind kind) => kind switch
    {
        RpmDependencyKind.Provides => (RpmTag.ProvideName, RpmTag.ProvideVersion, RpmTag.ProvideFlags),
        RpmDependencyKind.Requires => (RpmTag.RequireName, RpmTag.RequireVersion, RpmTag.RequireFlags),
        RpmDependencyKind.Conflicts => (RpmTag.ConflictName, RpmTag.ConflictVersion, RpmTag.ConflictFlags),
        RpmDependencyKind.Obsoletes => (RpmTag.ObsoleteName, RpmTag.ObsoleteVersion, RpmTag.ObsoleteFlags),
        RpmDependencyKind.Recommends => (RpmTag.RecommendName, RpmTag.RecommendVersion, RpmTag.RecommendFlags),
        RpmDependencyKind.Suggests => (RpmTag.SuggestName, RpmTag.SuggestVersion, RpmTag.SuggestFlags),
        RpmDependencyKind.Supplements => (RpmTag.SupplementName, RpmTag.SupplementVersion, RpmTag.SupplementFlags),
        RpmDependencyKind.Enhances => (RpmTag.EnhanceName, RpmTag.EnhanceVersion, RpmTag.EnhanceFlags),
        RpmDependencyKind.Orders => (RpmTag.OrderName, RpmTag.OrderVersion, RpmTag.OrderFlags),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
