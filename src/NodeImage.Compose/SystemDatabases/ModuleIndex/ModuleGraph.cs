namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>A kernel's modules in order, with what each one needs: <c>depmod_load</c> in <c>tools/depmod.c</c> of kmod.</summary>
internal sealed class ModuleGraph
{
    private readonly Dictionary<string, int> _owners;
    private readonly int[][] _direct;
    private readonly int[] _rank;

    private ModuleGraph(ModuleFile[] modules, ModuleFact[] facts)
    {
        Modules = modules;
        Facts = facts;
        _owners = FindOwners(facts);
        _direct = Array.ConvertAll(facts, FindDirect);
        _rank = new int[modules.Length];
    }

    /// <summary>The modules.</summary>
    public ModuleFile[] Modules { get; }

    /// <summary>What is known of each module.</summary>
    public ModuleFact[] Facts { get; }

    /// <summary>All symbols that modules have for others, with the place of the module in <see cref="Modules"/>.</summary>
    public IEnumerable<(string Symbol, int Module)> Symbols => _owners.Select(pair => (pair.Key, pair.Value));

    /// <summary>Sorts out what each module needs.</summary>
    /// <param name="modules">The modules in order.</param>
    /// <param name="facts">What is known of each.</param>
    /// <param name="circle">The names of modules that need one another in a circle, where there are such.</param>
    /// <returns>The graph, or null where there is a circle: depmod then gives up.</returns>
    public static ModuleGraph? Make(ModuleFile[] modules, ModuleFact[] facts, out IReadOnlyList<string> circle)
    {
        var graph = new ModuleGraph(modules, facts);
        circle = graph.Rank();
        return circle.Count == 0 ? graph : null;
    }

    /// <summary>All modules that a module needs, and that these need in turn, those that are needed by others last.</summary>
    public IReadOnlyList<ModuleFile> DependenciesOf(int module)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>(_direct[module]);
        while (pending.TryPop(out var next))
        {
            if (seen.Add(next))
            {
                Array.ForEach(_direct[next], pending.Push);
            }
        }

        return [.. seen.OrderBy(dependency => _rank[dependency]).Select(dependency => Modules[dependency])];
    }

    private static Dictionary<string, int> FindOwners(ModuleFact[] facts)
    {
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < facts.Length; i++)
        {
            foreach (var symbol in facts[i].Exports)
            {
                if (symbol.Length > 0)
                {
                    // Of several that have the same symbol, the last one counts.
                    owners[symbol] = i;
                }
            }
        }

        return owners;
    }

    private int[] FindDirect(ModuleFact fact)
    {
        var found = new List<int>();
        foreach (var symbol in fact.Needs)
        {
            // On PowerPC, a function's code has a dot before the name.
            if (_owners.TryGetValue(symbol.StartsWith('.') ? symbol[1..] : symbol, out var owner) && !found.Contains(owner))
            {
                found.Add(owner);
            }
        }

        return [.. found];
    }

    // Ranks modules so that each one comes before what it needs. The order among equals is that of kmod's stack.
    private List<string> Rank()
    {
        var users = new int[Modules.Length];
        foreach (var dependency in _direct.SelectMany(dependencies => dependencies))
        {
            users[dependency]++;
        }

        var ready = new Stack<int>(Enumerable.Range(0, Modules.Length).Where(module => users[module] == 0));
        var rank = 0;
        while (ready.TryPop(out var module))
        {
            _rank[module] = rank++;
            foreach (var dependency in _direct[module])
            {
                if (--users[dependency] == 0)
                {
                    ready.Push(dependency);
                }
            }
        }

        return rank == Modules.Length ? [] : [.. Enumerable.Range(0, Modules.Length).Where(module => users[module] > 0).Select(module => Modules[module].Name).Order(StringComparer.Ordinal)];
    }
}
