using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Solving;

/// <summary>What the order of a package depends on.</summary>
internal sealed class OrderedPackage
{
    private static readonly RpmDependencyKind[] OrderingKinds =
    [
        RpmDependencyKind.Requires,
        RpmDependencyKind.Recommends,
        RpmDependencyKind.Suggests,
        RpmDependencyKind.Supplements,
        RpmDependencyKind.Enhances,
        RpmDependencyKind.Orders,
    ];

    private readonly RpmPackageInfo _info;

    private OrderedPackage(RpmPackageInfo info)
    {
        _info = info;
        var colors = new DependencyColors(info);
        ProvideColors = colors.OfProvides;
        RequireColors = colors.OfRequires;
        foreach (var color in ProvideColors.Concat(RequireColors))
        {
            Color |= color;
        }
    }

    /// <summary>1 for 32-bit binaries, 2 for 64-bit ones: what its provided and required libraries are for.</summary>
    public int Color { get; }

    public IReadOnlyList<Dependency> Provides => _info.Provides;

    /// <summary>By index in <see cref="Provides"/>.</summary>
    public IReadOnlyList<int> ProvideColors { get; }

    /// <summary>By index in the package's requirements.</summary>
    public IReadOnlyList<int> RequireColors { get; }

    public IEnumerable<RpmFileEntry> Files => _info.IsSource ? [] : _info.Files;

    public bool IsSource => _info.IsSource;

    /// <summary>All dependencies that say something about order, with their kind and color, in the order in which rpm reads them.</summary>
    public IEnumerable<(RpmDependencyKind Kind, Dependency Dependency, int Color)> Dependencies
    {
        get
        {
            foreach (var kind in OrderingKinds)
            {
                var dependencies = _info.GetDependencies(kind);
                for (var i = 0; i < dependencies.Count; i++)
                {
                    yield return (kind, dependencies[i], kind == RpmDependencyKind.Requires ? RequireColors[i] : 0);
                }
            }
        }
    }

    public static IReadOnlyList<OrderedPackage> Read(IEnumerable<RpmPackageInfo> packages) => [.. packages.Select(info => new OrderedPackage(info))];
}
