namespace NodeImage.Rpm.Solving;

/// <summary>
/// Who provides what. Bare names are indexed at once, everything else is worked out when it is first asked for.
/// Providers are always listed in the order of their numbers.
/// </summary>
internal sealed class ProviderIndex
{
    private const string RpmLibPrefix = "rpmlib(";

    private readonly PoolView _view;
    private readonly DependencyTable _dependencies;

    // By dependency, where its providers begin in Lists; 0 where that is not worked out yet.
    private int[] _starts;

    public ProviderIndex(PoolView view)
    {
        _view = view;
        _dependencies = view.Pool.Dependencies;
        _starts = new int[_dependencies.Count];
        Lists = new ListStore();
        IndexNames();
    }

    /// <summary>Lists of providers and, beside them, of the solver's literals.</summary>
    public ListStore Lists { get; }

    public ReadOnlySpan<int> this[int dependency] => Lists[ListOf(dependency)];

    /// <summary>Where the providers of a dependency begin in <see cref="Lists"/>.</summary>
    public int ListOf(int dependency)
    {
        if (dependency < _starts.Length && _starts[dependency] != 0)
        {
            return _starts[dependency];
        }

        if (dependency >= _starts.Length)
        {
            Array.Resize(ref _starts, Math.Max(dependency + 16, _dependencies.Count));
        }

        return _starts[dependency] = WorkOut(dependency);
    }

    private void IndexNames()
    {
        var counts = new int[_dependencies.Count];
        CountProviders(counts);
        foreach (var capability in _view.Pool.SystemCapabilities)
        {
            counts[capability]++;
        }

        for (var dependency = 1; dependency < counts.Length; dependency++)
        {
            if (counts[dependency] > 0)
            {
                _starts[dependency] = Lists.Reserve(counts[dependency]);
            }
            else if (_dependencies[dependency].Kind == DependencyKind.Name && !IsAskedElsewhere(dependency))
            {
                _starts[dependency] = ListStore.Empty;
            }

            counts[dependency] = 0;
        }

        foreach (var capability in _view.Pool.SystemCapabilities)
        {
            Lists.Items[_starts[capability] + counts[capability]++] = PackagePool.SystemPackage;
        }

        FillProviders(counts);
    }

    // A package that provides a name in several versions counts for each of them here; FillProviders lists it once.
    private void CountProviders(int[] counts)
    {
        for (var package = PackagePool.FirstPackage; package < _view.Packages.Length; package++)
        {
            if (!_view.CanProvide(package))
            {
                continue;
            }

            for (var i = _view.Packages[package].Provides; _view.Requirements[i] != 0; i++)
            {
                counts[_dependencies.RootName(_view.Requirements[i])]++;
            }
        }
    }

    private void FillProviders(int[] filled)
    {
        var items = Lists.Items;
        for (var package = PackagePool.FirstPackage; package < _view.Packages.Length; package++)
        {
            if (!_view.CanProvide(package))
            {
                continue;
            }

            for (var i = _view.Packages[package].Provides; _view.Requirements[i] != 0; i++)
            {
                var name = _dependencies.RootName(_view.Requirements[i]);
                var start = _starts[name];
                if (filled[name] == 0 || items[start + filled[name] - 1] != package)
                {
                    items[start + filled[name]++] = package;
                }
            }
        }

        for (var dependency = 1; dependency < filled.Length; dependency++)
        {
            if (filled[dependency] > 0)
            {
                items[_starts[dependency] - 1] = filled[dependency];
                items[_starts[dependency] + filled[dependency]] = 0;
            }
        }
    }

    private bool IsAskedElsewhere(int name) => _dependencies.NameText(name) is ['/', ..];

    private int WorkOut(int dependency)
    {
        var node = _dependencies[dependency];
        return node.Kind switch
        {
            DependencyKind.Name => WorkOutName(dependency),
            DependencyKind.Range => WorkOutRange(dependency, node),
            DependencyKind.Architecture => WorkOutArchitecture(node),
            DependencyKind.With => Filter(node.First, node.Second, kept: true),
            DependencyKind.Without => Filter(node.First, node.Second, kept: false),
            DependencyKind.And or DependencyKind.Or => Merge(node.First, node.Second),
            _ => node.Third == 0 ? ListOf(node.First) : Merge(node.First, node.Third),
        };
    }

    private int WorkOutName(int dependency) => IsAskedElsewhere(dependency)
        ? Lists.Add(Array.FindAll(_view.Pool.OwnersOf(dependency), _view.CanProvide))
        : ListStore.Empty;

    private int WorkOutRange(int dependency, DependencyNode node)
    {
        var name = _dependencies.RootName(node.First);
        var found = new IntList();
        foreach (var package in this[node.First])
        {
            if (Provides(package, name, dependency, node))
            {
                found.Add(package);
            }
        }

        if (found.Count == 0 && _dependencies.NameText(name).StartsWith(RpmLibPrefix, StringComparison.Ordinal))
        {
            return ListStore.SystemOnly;
        }

        return Lists.Add(found.Span);
    }

    private bool Provides(int package, int name, int dependency, DependencyNode range)
    {
        ref var record = ref _view.Packages[package];
        if (record.Provides == 0 || record.IsSource)
        {
            return package == PackagePool.SystemPackage || _view.MatchesByName(package, dependency);
        }

        for (var i = record.Provides; _view.Requirements[i] != 0; i++)
        {
            var provided = _view.Requirements[i];
            if (provided == name)
            {
                return true;
            }

            var node = _dependencies[provided];
            if (node.Kind == DependencyKind.Range
                && node.First == name
                && _dependencies.Versions.Overlaps((VersionRange)node.Third, node.Second, (VersionRange)range.Third, range.Second))
            {
                return true;
            }
        }

        return false;
    }

    private int WorkOutArchitecture(DependencyNode node)
    {
        var found = new IntList();
        if (node.Second < 0)
        {
            // An architecture that no package has.
            return ListStore.Empty;
        }

        if (_view.Pool.Architectures[node.Second] is "src" or "nosrc")
        {
            // Source packages provide nothing; they can only be asked for like this.
            for (var package = PackagePool.FirstPackage; package < _view.Packages.Length; package++)
            {
                if (_view.Packages[package].Architecture == node.Second
                    && !_view.IsExcluded(package)
                    && _view.MatchesByName(package, node.First))
                {
                    found.Add(package);
                }
            }

            return Lists.Add(found.Span);
        }

        foreach (var package in this[node.First])
        {
            if (_view.Packages[package].Architecture == node.Second)
            {
                found.Add(package);
            }
        }

        return Lists.Add(found.Span);
    }

    private int Filter(int included, int other, bool kept)
    {
        var others = new HashSet<int>();
        foreach (var package in this[other])
        {
            others.Add(package);
        }

        var found = new IntList();
        foreach (var package in this[included])
        {
            if (others.Contains(package) == kept)
            {
                found.Add(package);
            }
        }

        return Lists.Add(found.Span);
    }

    private int Merge(int first, int second)
    {
        var left = this[first].ToArray();
        var right = this[second];
        if (left.Length == 0)
        {
            return ListOf(second);
        }

        var merged = new IntList(left.Length + right.Length);
        int i = 0, j = 0;
        while (i < left.Length || j < right.Length)
        {
            var next = j == right.Length || (i < left.Length && left[i] <= right[j]) ? left[i] : right[j];
            i += i < left.Length && left[i] == next ? 1 : 0;
            j += j < right.Length && right[j] == next ? 1 : 0;
            merged.Add(next);
        }

        return Lists.Add(merged.Span);
    }
}
