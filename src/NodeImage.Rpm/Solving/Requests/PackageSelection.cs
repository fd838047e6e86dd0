using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Solving;

/// <summary>The packages that a job is about.</summary>
public abstract record PackageSelection
{
    private PackageSelection()
    {
    }

    /// <summary>Packages by name.</summary>
    /// <param name="Name">The package's name.</param>
    /// <param name="Version">A range of versions, or null for all.</param>
    /// <param name="Architecture">The architecture, or null for any.</param>
    public sealed record ByName(string Name, VersionConstraint? Version = null, string? Architecture = null) : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() =>
            Name + (Architecture is null ? "" : $".{Architecture}") + (Version is null ? "" : $" {Version}");
    }

    /// <summary>Packages by what they provide, files and rich dependencies included.</summary>
    /// <param name="Capability">The capability.</param>
    /// <param name="Architecture">The architecture, or null for any.</param>
    public sealed record Providing(Dependency Capability, string? Architecture = null) : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() => Capability.ToString() + (Architecture is null ? "" : $" ({Architecture})");
    }

    /// <summary>One of some packages of the pool.</summary>
    /// <param name="Packages">The packages, the first being preferred where nothing else decides.</param>
    public sealed record OneOf(IReadOnlyList<PoolPackage> Packages) : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(" or ", Packages.Select(package => package.Nevra));
    }

    /// <summary>Exactly one package of the pool, whatever its repository's rank.</summary>
    /// <param name="Package">The package.</param>
    public sealed record Exactly(PoolPackage Package) : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() => Package.Nevra.ToString();
    }

    /// <summary>All packages of a repository.</summary>
    /// <param name="Repository">The repository.</param>
    public sealed record FromRepository(PackageRepository Repository) : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() => $"all packages of {Repository.Id}";
    }

    /// <summary>All packages.</summary>
    public sealed record All : PackageSelection
    {
        /// <inheritdoc/>
        public override string ToString() => "all packages";
    }
}

/// <summary>A range of versions of one package.</summary>
/// <param name="Comparison">How the versions compare with <paramref name="Version"/>.</param>
/// <param name="Version">The version; without a release it stands for all releases.</param>
public sealed record VersionConstraint(DependencyFlags Comparison, Evr Version)
{
    /// <inheritdoc/>
    public override string ToString() => new Dependency("", Comparison, Version).ToString().TrimStart();
}
