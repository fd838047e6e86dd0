using System.Runtime.InteropServices;

namespace NodeImage.Rpm.Solving;

/// <summary>Says why nothing meets a dependency.</summary>
internal sealed class UnmetDependency(SolveContext context)
{
    private Dictionary<int, List<int>>? _providers;

    private PoolView View => context.View;

    /// <summary>Goes on a sentence that ends with the dependency, such as "which no repository offers (the highest is foo-1-1)".</summary>
    public string Describe(int dependency)
    {
        var table = View.Pool.Dependencies;
        var node = table[dependency];
        if (node.Kind is not (DependencyKind.Name or DependencyKind.Range))
        {
            return "which nothing meets";
        }

        var name = table.RootName(dependency);
        var providers = ProvidersOfName(name);
        var meeting = providers.FirstOrDefault(package => Meets(package, name, dependency));
        if (meeting != 0)
        {
            return $"which only {Reason(meeting)} {View.Pool[meeting]} provides";
        }

        if (providers.Count == 0)
        {
            return table.NameText(name).StartsWith('/') ? "which no package owns" : "which no repository offers";
        }

        var best = providers.MaxBy(package => package, Comparer<int>.Create(CompareByVersionThenOrder));
        return $"which no repository offers (the highest is {Provided(best, name)})";
    }

    private string Reason(int package) => View.IsExcluded(package) ? "the excluded" : "for another architecture";

    private int CompareByVersionThenOrder(int left, int right)
    {
        var order = View.SameName(left, right) ? View.CompareVersions(left, right) : 0;
        return order != 0 ? order : right - left;
    }

    // With the version that is provided, where that is not the package's own.
    private string Provided(int package, int name)
    {
        var text = View.Pool[package].ToString();
        if (View.Packages[package].Name == name)
        {
            return text;
        }

        for (var i = View.Packages[package].Provides; View.Requirements[i] != 0; i++)
        {
            if (View.Pool.Dependencies.RootName(View.Requirements[i]) == name)
            {
                return $"{View.Pool.TextOf(View.Requirements[i])} of {text}";
            }
        }

        return text;
    }

    // All packages that provide a name in any version, those that cannot be installed included.
    private IReadOnlyList<int> ProvidersOfName(int name)
    {
        _providers ??= IndexProviders();
        return _providers.GetValueOrDefault(name, []);
    }

    private Dictionary<int, List<int>> IndexProviders()
    {
        var providers = new Dictionary<int, List<int>>();
        for (var package = PackagePool.FirstPackage; package < View.Packages.Length; package++)
        {
            for (var i = View.Packages[package].Provides; View.Requirements[i] != 0; i++)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(providers, View.Pool.Dependencies.RootName(View.Requirements[i]), out _);
                list ??= [];
                if (list is not [.., var last] || last != package)
                {
                    list.Add(package);
                }
            }
        }

        return providers;
    }

    private bool Meets(int package, int name, int dependency)
    {
        var table = View.Pool.Dependencies;
        var asked = table[dependency];
        for (var i = View.Packages[package].Provides; View.Requirements[i] != 0; i++)
        {
            var provided = table[View.Requirements[i]];
            if (View.Requirements[i] == name
                || (table.RootName(View.Requirements[i]) == name
                    && (asked.Kind == DependencyKind.Name
                        || (provided.Kind == DependencyKind.Range && table.Versions.Overlaps(
                            (VersionRange)provided.Third, provided.Second, (VersionRange)asked.Third, asked.Second)))))
            {
                return true;
            }
        }

        return false;
    }
}
