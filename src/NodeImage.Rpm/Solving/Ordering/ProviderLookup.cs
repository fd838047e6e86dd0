using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Solving;

/// <summary>Finds the package of a transaction that meets a dependency, as <c>lib/rpmal.c</c> of rpm does.</summary>
internal sealed class ProviderLookup
{
    // On x86_64, aarch64, ppc64le and s390x: 64-bit binaries, where there is a choice.
    private const int PreferredColor = PackageSorter.PreferredColor;
    private const int TransactionColor = 3;

    // rpm takes paths as equal that lead to the same folder; these do on every system that keeps all programs below /usr.
    private static readonly string[] MergedFolders = ["/bin/", "/sbin/", "/lib/", "/lib64/"];

    private readonly IReadOnlyList<OrderedPackage> _packages;
    private readonly Dictionary<string, List<(int Package, Dependency Provide)>> _provides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _owners = new(StringComparer.Ordinal);

    public ProviderLookup(IReadOnlyList<OrderedPackage> packages)
    {
        _packages = packages;
        CollectPaths();
        for (var package = 0; package < packages.Count; package++)
        {
            AddProvides(package);
            AddFiles(package);
        }
    }

    /// <summary>Finds the provider of a plain dependency.</summary>
    /// <param name="asking">The package that asks; it is taken where it meets the dependency itself and no better one does.</param>
    /// <param name="dependency">The dependency.</param>
    /// <param name="color">Its color.</param>
    /// <returns>The package, or -1.</returns>
    public int Find(int asking, Dependency dependency, int color)
    {
        var best = -1;
        var bestScore = -1;
        foreach (var package in ProvidersOf(dependency))
        {
            var score = (_packages[package].Color == (color != 0 ? color : PreferredColor) ? 2 : 0) + (package == asking ? 1 : 0);
            if (score > bestScore)
            {
                (best, bestScore) = (package, score);
            }
        }

        return best;
    }

    private IEnumerable<int> ProvidersOf(Dependency dependency)
    {
        if (dependency.IsFile && _owners.TryGetValue(Resolve(dependency.Name), out var owners) && owners.Count > 0)
        {
            return owners;
        }

        return _provides.TryGetValue(dependency.Name, out var provides)
            ? provides.Where(provided => provided.Provide.Overlaps(dependency)).Select(provided => provided.Package)
            : [];
    }

    // Only paths that somebody asks for need to be found.
    private void CollectPaths()
    {
        foreach (var (_, dependency, _) in _packages.SelectMany(package => package.Dependencies))
        {
            if (dependency.IsFile)
            {
                _owners.TryAdd(Resolve(dependency.Name), []);
            }
            else if (dependency.IsRich)
            {
                foreach (var word in dependency.Name.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '/'))
                {
                    _owners.TryAdd(Resolve(word), []);
                }
            }
        }
    }

    private void AddProvides(int package)
    {
        if (_packages[package].IsSource)
        {
            return;
        }

        for (var i = 0; i < _packages[package].Provides.Count; i++)
        {
            if (!IsForeign(_packages[package].ProvideColors[i]))
            {
                var provide = _packages[package].Provides[i];
                if (!_provides.TryGetValue(provide.Name, out var list))
                {
                    _provides.Add(provide.Name, list = []);
                }

                list.Add((package, provide));
            }
        }
    }

    private void AddFiles(int package)
    {
        foreach (var file in _packages[package].Files)
        {
            if (!IsForeign(file.Color) && _owners.TryGetValue(Resolve(file.Path), out var owners))
            {
                owners.Add(package);
            }
        }
    }

    private static bool IsForeign(int color) => color != 0 && (color & TransactionColor) == 0;

    private static string Resolve(string path)
    {
        foreach (var folder in MergedFolders)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal))
            {
                return "/usr" + path;
            }
        }

        return path;
    }
}
