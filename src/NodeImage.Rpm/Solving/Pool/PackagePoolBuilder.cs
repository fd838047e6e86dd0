using System.Runtime.InteropServices;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// Gathers repositories into a <see cref="PackagePool"/>. Where nothing else decides between two packages, the one that was added
/// first is taken: the same packages in the same order always give the same answer.
/// </summary>
public sealed class PackagePoolBuilder
{
    // How many dependencies a package brings that no other has: room for them is made at once.
    private const int TypicalDependencies = 12;

    private readonly ArchitecturePolicy _policy;
    private readonly PoolOptions _options;
    private readonly DependencyTable _dependencies = new();
    private readonly List<PackageRepository> _repositories = [];
    private readonly List<RepositoryPackage?> _sources = [null, null];
    private readonly List<int> _systemCapabilities = [];
    private readonly List<IReadOnlyList<string>> _vendorClasses = [];

    // Readers of repositories hand out one object for equal dependencies; looking at those once each is enough.
    private readonly Dictionary<Dependency, int> _known = new(ReferenceEqualityComparer.Instance);

    // By dependency, the last list it was stored in.
    private readonly IntList _lastList = new();

    /// <summary>Begins a pool.</summary>
    /// <param name="policy">The architectures that can be installed.</param>
    /// <param name="options">How the package manager treats dependencies, <see cref="PoolOptions.Dnf"/> unless given.</param>
    public PackagePoolBuilder(ArchitecturePolicy policy, PoolOptions? options = null)
    {
        _policy = policy;
        _options = options ?? PoolOptions.Dnf;
    }

    /// <summary>Where to look for the owners of files that the packages do not list themselves, or null.</summary>
    public IFileOwnerSource? FileOwners { get; init; }

    /// <summary>Adds a repository.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="packages">Its packages.</param>
    /// <param name="priority">Its priority: the lowest wins.</param>
    /// <param name="cost">Its cost: of equal packages the cheapest is taken.</param>
    /// <returns>The repository, for requests that name it.</returns>
    public PackageRepository AddRepository(string id, IEnumerable<RepositoryPackage> packages, int priority = 99, int cost = 1000) =>
        Add(id, packages, priority, cost, isInstalled: false);

    /// <summary>Adds the installed system, such as the base that an image is layered on.</summary>
    /// <param name="id">A name for it.</param>
    /// <param name="packages">Its packages.</param>
    /// <param name="priority">Its priority, which matters only where strict priorities are asked for.</param>
    /// <param name="cost">Its cost.</param>
    /// <returns>The system as a repository.</returns>
    /// <exception cref="InvalidOperationException">A pool has one installed system at most.</exception>
    public PackageRepository AddInstalled(string id, IEnumerable<RepositoryPackage> packages, int priority = 99, int cost = 1000) =>
        _repositories.Exists(repository => repository.IsInstalled)
            ? throw new InvalidOperationException("The pool already has an installed system.")
            : Add(id, packages, priority, cost, isInstalled: true);

    /// <summary>Says that the system has a capability that no package needs to bring.</summary>
    /// <param name="capability">The capability's name.</param>
    public void AddSystemCapability(string capability) => _systemCapabilities.Add(_dependencies.Name(capability));

    /// <summary>Says that packages of certain vendors may replace each other.</summary>
    /// <param name="patterns">Patterns of vendor names; one that begins with <c>!</c> keeps a vendor out.</param>
    public void AddVendorClass(IReadOnlyList<string> patterns) => _vendorClasses.Add(patterns);

    /// <summary>Makes the pool.</summary>
    /// <returns>The pool; the builder must not be used again.</returns>
    public PackagePool Build()
    {
        _known.EnsureCapacity(_sources.Count * TypicalDependencies);
        _dependencies.EnsureCapacity(_sources.Count * TypicalDependencies);
        var texts = new TextTable();
        var lists = new IntList(_sources.Count * 64);
        lists.Add(0);
        var packages = new PackageRecord[_sources.Count];
        packages[PackagePool.SystemPackage].Name = _dependencies.Name("system:system");
        packages[PackagePool.SystemPackage].Repository = -1;
        foreach (var repository in _repositories)
        {
            for (var i = repository.Start; i < repository.End; i++)
            {
                packages[i] = Convert(_sources[i]!, repository, texts, lists);
            }
        }

        // Last, because a package is only made a provider of those of its files that some dependency asks for.
        var asked = _dependencies.Count;
        for (var i = PackagePool.FirstPackage; i < packages.Length; i++)
        {
            packages[i].Provides = StoreProvides(_sources[i]!, lists);
        }

        return new PackagePool(new Parts(
            packages, lists.ToArray(), _dependencies, asked, _repositories, texts.ToArray(), _policy, _options,
            [.. _systemCapabilities], new VendorClasses(_vendorClasses), FileOwners, [.. _sources!]));
    }

    private PackageRepository Add(string id, IEnumerable<RepositoryPackage> packages, int priority, int cost, bool isInstalled)
    {
        var repository = new PackageRepository(id, priority, cost, isInstalled, _repositories.Count, _sources.Count);
        _repositories.Add(repository);
        _sources.AddRange(packages);
        repository.End = _sources.Count;
        return repository;
    }

    private PackageRecord Convert(RepositoryPackage package, PackageRepository repository, TextTable texts, IntList lists) => new()
    {
        Name = _dependencies.Name(package.Nevra.Name),
        Version = _dependencies.Versions.Intern(package.Nevra.Evr),
        Architecture = texts.Intern(package.Nevra.Architecture),
        Vendor = texts.Intern(package.Vendor),
        Repository = repository.Index,
        IsSource = package.Nevra.Architecture is "src" or "nosrc",
        BuildTime = package.BuildTime,
        Requires = Store(package.Requires, lists),
        Conflicts = Store(package.Conflicts, lists),
        Obsoletes = Store(package.Obsoletes, lists),
        Recommends = Store(package.Recommends, lists),
        Suggests = Store(package.Suggests, lists),
        Supplements = Store(package.Supplements, lists),
        Enhances = Store(package.Enhances, lists),
    };

    private int Store(IReadOnlyList<Dependency> dependencies, IntList lists)
    {
        var start = lists.Count;
        for (var i = 0; i < dependencies.Count; i++)
        {
            // What rpm itself must be able to do is checked by those who unpack the package.
            var number = Intern(dependencies[i]);
            if (number > 0)
            {
                AddOnce(lists, start, number);
            }
        }

        return Finish(lists, start);
    }

    private int StoreProvides(RepositoryPackage package, IntList lists)
    {
        var start = lists.Count;
        for (var i = 0; i < package.Provides.Count; i++)
        {
            AddOnce(lists, start, Math.Abs(Intern(package.Provides[i])));
        }

        foreach (var path in package.Files)
        {
            var known = _dependencies.FindName(path);
            if (known != 0)
            {
                AddOnce(lists, start, known);
            }
        }

        return Finish(lists, start);
    }

    /// <summary>The number of a dependency, negative for what rpm itself brings.</summary>
    private int Intern(Dependency dependency)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, dependency, out var isKnown);
        if (!isKnown)
        {
            number = _dependencies.Intern(dependency) * (dependency.IsRpmLib ? -1 : 1);
        }

        return number;
    }

    private void AddOnce(IntList lists, int start, int dependency)
    {
        while (_lastList.Count <= dependency)
        {
            _lastList.Add(0);
        }

        if (_lastList[dependency] != start)
        {
            _lastList[dependency] = start;
            lists.Add(dependency);
        }
    }

    private static int Finish(IntList lists, int start)
    {
        if (lists.Count == start)
        {
            return 0;
        }

        lists.Add(0);
        return start;
    }

    internal sealed record Parts(
        PackageRecord[] Packages,
        int[] DependencyLists,
        DependencyTable Dependencies,
        int IndexedDependencies,
        IReadOnlyList<PackageRepository> Repositories,
        string[] Architectures,
        ArchitecturePolicy Policy,
        PoolOptions Options,
        int[] SystemCapabilities,
        VendorClasses VendorClasses,
        IFileOwnerSource? FileOwners,
        RepositoryPackage[] Sources);

    /// <summary>Architectures and vendors, each stored once; 0 is the empty text.</summary>
    private sealed class TextTable
    {
        private readonly List<string> _texts = [""];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };

        public int Intern(string text)
        {
            if (!_numbers.TryGetValue(text, out var number))
            {
                number = _texts.Count;
                _texts.Add(text);
                _numbers.Add(text, number);
            }

            return number;
        }

        public string[] ToArray() => [.. _texts];
    }
}
