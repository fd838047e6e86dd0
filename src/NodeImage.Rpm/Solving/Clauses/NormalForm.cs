namespace NodeImage.Rpm.Solving;

/// <summary>
/// A rich dependency multiplied out: as a conjunction of clauses, or as a disjunction of terms. Each block is a set of literals
/// in ascending order.
/// </summary>
internal sealed class NormalForm
{
    // What real packages ask for makes a few dozen literals; hostile ones could make any number.
    private const int MaxLiterals = 1 << 18;
    private const int MaxMerges = 1 << 20;

    private NormalForm(bool? constant, List<int[]> blocks)
    {
        Constant = constant;
        Blocks = blocks;
    }

    /// <summary>Always true, never true, or null where the blocks say.</summary>
    public bool? Constant { get; }

    public List<int[]> Blocks { get; }

    /// <summary>The dependency as clauses that must all hold.</summary>
    public static NormalForm Conjunction(PoolView view, int dependency) => Normalize(view, dependency, disjunction: false);

    /// <summary>The opposite of the dependency as clauses that must all hold.</summary>
    public static NormalForm OppositeConjunction(PoolView view, int dependency) =>
        Opposite(Normalize(view, dependency, disjunction: true));

    private static NormalForm Normalize(PoolView view, int dependency, bool disjunction)
    {
        var node = view.Pool.Dependencies[dependency];
        NormalForm Arm(int inner) => Normalize(view, inner, disjunction);
        NormalForm Not(int inner) => Opposite(Normalize(view, inner, !disjunction));

        if (!view.Pool.Dependencies.IsConditional(dependency))
        {
            return Providers(view, dependency, disjunction);
        }

        return (node.Kind, node.Third) switch
        {
            (DependencyKind.And, _) => And(Arm(node.First), Arm(node.Second), disjunction),
            (DependencyKind.Or, _) => Or(Arm(node.First), Arm(node.Second), disjunction),
            (DependencyKind.If, 0) => Or(Arm(node.First), Not(node.Second), disjunction),
            (DependencyKind.If, _) => And(
                Or(Arm(node.First), Not(node.Second), disjunction),
                Or(Arm(node.Second), Arm(node.Third), disjunction),
                disjunction),
            (_, 0) => And(Arm(node.First), Not(node.Second), disjunction),
            _ => Or(
                And(Arm(node.First), Not(node.Second), disjunction),
                And(Arm(node.Second), Arm(node.Third), disjunction),
                disjunction),
        };
    }

    private static NormalForm Providers(PoolView view, int dependency, bool disjunction)
    {
        var providers = view.ProvidersOf(dependency);
        if (providers.IsEmpty)
        {
            return new NormalForm(false, []);
        }

        if (providers[0] == PackagePool.SystemPackage)
        {
            return new NormalForm(true, []);
        }

        return new NormalForm(null, disjunction ? [.. providers.ToArray().Select(package => new[] { package })] : [providers.ToArray()]);
    }

    private static NormalForm And(NormalForm left, NormalForm right, bool disjunction) =>
        left.Constant == false || right.Constant == false ? new NormalForm(false, [])
        : left.Constant == true ? right
        : right.Constant == true ? left
        : disjunction ? Distribute(left, right, emptyIs: false)
        : Join(left, right);

    private static NormalForm Or(NormalForm left, NormalForm right, bool disjunction) =>
        left.Constant == true || right.Constant == true ? new NormalForm(true, [])
        : left.Constant == false ? right
        : right.Constant == false ? left
        : disjunction ? Join(left, right)
        : Distribute(left, right, emptyIs: true);

    private static NormalForm Join(NormalForm left, NormalForm right) => new(null, [.. left.Blocks, .. right.Blocks]);

    /// <summary>Every block of one side merged with every block of the other; blocks that contradict themselves say nothing.</summary>
    private static NormalForm Distribute(NormalForm left, NormalForm right, bool emptyIs)
    {
        // Too big to be meant is as good as something that nothing provides; blocks that cancel out cost time all the same.
        if ((long)left.Blocks.Count * right.Blocks.Count > MaxMerges)
        {
            return new NormalForm(false, []);
        }

        var blocks = new List<int[]>();
        var literals = 0;
        foreach (var a in left.Blocks)
        {
            foreach (var b in right.Blocks)
            {
                var merged = new SortedSet<int>(a);
                merged.UnionWith(b);
                if (merged.Any(literal => literal > 0 && merged.Contains(-literal)))
                {
                    continue;
                }

                literals += merged.Count;
                if (literals > MaxLiterals)
                {
                    return new NormalForm(false, []);
                }

                blocks.Add([.. merged]);
            }
        }

        return blocks.Count == 0 ? new NormalForm(emptyIs, []) : new NormalForm(null, blocks);
    }

    private static NormalForm Opposite(NormalForm form) => form.Constant is { } constant
        ? new NormalForm(!constant, [])
        : new NormalForm(null, form.Blocks.ConvertAll(block => block.Select(literal => -literal).Reverse().ToArray()));
}
