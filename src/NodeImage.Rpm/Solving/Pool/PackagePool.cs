using NodeImage.Rpm.Repositories;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// All packages that can be chosen from, and those that are installed, in a form that can be solved over.
/// Made by <see cref="PackagePoolBuilder"/>. A pool can be solved over any number of times, by one thread at a time.
/// </summary>
public sealed class PackagePool
{
    /// <summary>A package that stands for the system itself and is always there.</summary>
    internal const int SystemPackage = 1;

    /// <summary>The number of the first real package.</summary>
    internal const int FirstPackage = 2;

    private readonly IFileOwnerSource? _fileOwners;
    private readonly int _indexedDependencies;
    private readonly RepositoryPackage[] _sources;
    private readonly Dictionary<string, int[]> _owners = new(StringComparer.Ordinal);
    private Dictionary<RepositoryPackage, int>? _numbers;

    internal PackagePool(PackagePoolBuilder.Parts parts)
    {
        Packages = parts.Packages;
        DependencyLists = parts.DependencyLists;
        Dependencies = parts.Dependencies;
        Repositories = parts.Repositories;
        Architectures = parts.Architectures;
        Architecture = parts.Policy;
        Options = parts.Options;
        SystemCapabilities = parts.SystemCapabilities;
        VendorClasses = parts.VendorClasses;
        _fileOwners = parts.FileOwners;
        _sources = parts.Sources;
        _indexedDependencies = parts.IndexedDependencies;
        ArchitectureScores = Array.ConvertAll(parts.Architectures, parts.Policy.Score);
        ArchitectureColors = Array.ConvertAll(parts.Architectures, parts.Policy.Color);
        Installed = Repositories.FirstOrDefault(repository => repository.IsInstalled);
    }

    /// <summary>The repositories, in the order they were added.</summary>
    public IReadOnlyList<PackageRepository> Repositories { get; }

    /// <summary>The installed system, or null where there is none.</summary>
    public PackageRepository? Installed { get; }

    /// <summary>The architectures that can be installed.</summary>
    public ArchitecturePolicy Architecture { get; }

    /// <summary>How the package manager treats dependencies.</summary>
    public PoolOptions Options { get; }

    /// <summary>How many packages there are.</summary>
    public int Count => Packages.Length - FirstPackage;

    /// <summary>All packages, repository by repository.</summary>
    /// <returns>The packages.</returns>
    public IEnumerable<PoolPackage> Enumerate() => Enumerable.Range(FirstPackage, Count).Select(package => this[package]);

    /// <summary>All packages of one name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The packages, repository by repository.</returns>
    public IEnumerable<PoolPackage> FindByName(string name)
    {
        var number = Dependencies.FindName(name);
        for (var i = FirstPackage; number != 0 && i < Packages.Length; i++)
        {
            if (Packages[i].Name == number)
            {
                yield return this[i];
            }
        }
    }

    internal PackageRecord[] Packages { get; }

    internal int[] DependencyLists { get; }

    internal DependencyTable Dependencies { get; }

    internal string[] Architectures { get; }

    internal uint[] ArchitectureScores { get; }

    internal byte[] ArchitectureColors { get; }

    /// <summary>Capabilities that the system has without any package, by dependency number.</summary>
    internal int[] SystemCapabilities { get; }

    internal VendorClasses VendorClasses { get; }

    /// <summary>The package of a number.</summary>
    internal PoolPackage this[int package] =>
        new(_sources[package], Repositories[Packages[package].Repository]) { Id = package };

    internal RepositoryPackage SourceOf(int package) => _sources[package];

    /// <summary>The number of a package that was given to the builder, or 0.</summary>
    internal int NumberOf(RepositoryPackage package)
    {
        if (_numbers is null)
        {
            _numbers = new Dictionary<RepositoryPackage, int>(Packages.Length, ReferenceEqualityComparer.Instance);
            for (var i = FirstPackage; i < _sources.Length; i++)
            {
                _numbers.TryAdd(_sources[i], i);
            }
        }

        return _numbers.GetValueOrDefault(package);
    }

    /// <summary>The packages that own a path of which the provider index knows no owner, in the order of their numbers.</summary>
    internal int[] OwnersOf(int path)
    {
        var text = Dependencies.NameText(path);
        if (!_owners.TryGetValue(text, out var owners))
        {
            // Files that a package's dependencies ask for were looked for when the pool was built.
            owners = path < _indexedDependencies ? [] : FindListedOwners(text);
            owners = owners.Length > 0 || _fileOwners is null
                ? owners
                : [.. _fileOwners.FindOwners(text).Select(NumberOf).Where(package => package != 0).Distinct().Order()];
            _owners.Add(text, owners);
        }

        return owners;
    }

    internal string TextOf(int dependency) => Dependencies.ToText(dependency, architecture => Architectures[architecture]);

    private int[] FindListedOwners(string path) =>
        [.. Enumerable.Range(FirstPackage, Count).Where(package => _sources[package].Files.Contains(path, StringComparer.Ordinal))];
}
