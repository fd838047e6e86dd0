using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Solving;

/// <summary>Finds out which packages of a transaction a package's dependencies lead to.</summary>
internal sealed class RelationFinder(IReadOnlyList<OrderedPackage> packages, OrderRelations relations, bool isRemoval)
{
    private const DependencyFlags Transaction = DependencyFlags.ScriptPreTransaction | DependencyFlags.ScriptPostTransaction;
    private const DependencyFlags Installation = DependencyFlags.ScriptPre | DependencyFlags.ScriptPost;
    private const DependencyFlags Removal = DependencyFlags.ScriptPreUninstall | DependencyFlags.ScriptPostUninstall;

    // What does not matter for order, unless a scriptlet needs it as well.
    private const DependencyFlags Unordered =
        DependencyFlags.RpmLib | DependencyFlags.Config | Transaction | DependencyFlags.ScriptVerify | DependencyFlags.Meta;

    // What says which use a requirement is for.
    private const DependencyFlags Uses = Installation | Removal | Transaction | DependencyFlags.Interpreter | DependencyFlags.ScriptVerify
        | DependencyFlags.FindRequires | DependencyFlags.RpmLib | DependencyFlags.KeyRing | DependencyFlags.Prerequisite
        | DependencyFlags.Meta | DependencyFlags.MissingOk;

    private readonly ProviderLookup _providers = new(packages);

    /// <summary>Adds all relations that a package asks for.</summary>
    public void Find(int package)
    {
        foreach (var (kind, dependency, color) in packages[package].Dependencies)
        {
            Follow(package, kind, dependency, color);
        }
    }

    private void Follow(int package, RpmDependencyKind kind, Dependency dependency, int color)
    {
        if ((dependency.Flags & Unordered) != 0 && (dependency.Flags & (Installation | Removal)) == 0)
        {
            return;
        }

        if (!dependency.IsRich)
        {
            var provider = _providers.Find(package, dependency, color);
            if (provider >= 0 && provider != package)
            {
                Add(package, kind, dependency.Flags, provider);
            }
        }
        else if (DependencyParser.TryParseRich(dependency.Name, out var rich))
        {
            Follow(package, kind, dependency.Flags & ~(DependencyFlags.Comparison | DependencyFlags.MissingOk), rich);
        }
    }

    // Of a condition only what follows from it counts, and of "with" and "without" only the first term.
    private void Follow(int package, RpmDependencyKind kind, DependencyFlags flags, RichDependency rich)
    {
        switch (rich)
        {
            case RichDependency.Leaf { Dependency: var leaf }:
                var isRpmLib = kind == RpmDependencyKind.Requires && leaf.IsRpmLib;
                Follow(package, kind, leaf with { Flags = leaf.Flags | flags | (isRpmLib ? DependencyFlags.RpmLib : 0) }, 0);
                break;
            case RichDependency.And and:
                FollowAll(package, kind, flags, and.Terms);
                break;
            case RichDependency.Or or:
                FollowAll(package, kind, flags, or.Terms);
                break;
            case RichDependency.If @if:
                Follow(package, kind, flags, @if.Then);
                break;
            case RichDependency.Unless unless:
                Follow(package, kind, flags, unless.Then);
                break;
            case RichDependency.With with:
                Follow(package, kind, flags, with.Terms[0]);
                break;
            case RichDependency.Without without:
                Follow(package, kind, flags, without.Included);
                break;
        }
    }

    private void FollowAll(int package, RpmDependencyKind kind, DependencyFlags flags, IReadOnlyList<RichDependency> terms)
    {
        foreach (var term in terms)
        {
            Follow(package, kind, flags, term);
        }
    }

    private void Add(int package, RpmDependencyKind kind, DependencyFlags flags, int provider)
    {
        var isWeak = kind != RpmDependencyKind.Requires || (flags & DependencyFlags.MissingOk) != 0;
        var isForScriptlets = !isWeak && IsForScriptlets(flags);
        // What a package needs comes before it; when packages go it is the other way round.
        var isReversed = (kind is RpmDependencyKind.Supplements or RpmDependencyKind.Enhances) != isRemoval;
        if (isReversed)
        {
            relations.Add(package, provider, isForScriptlets, isReversed);
        }
        else
        {
            relations.Add(provider, package, isForScriptlets, isReversed);
        }
    }

    private bool IsForScriptlets(DependencyFlags flags)
    {
        var uses = isRemoval ? Removal : Installation | DependencyFlags.RpmLib | DependencyFlags.KeyRing | Transaction;
        return (flags & uses) != 0 || (flags & Uses) == DependencyFlags.Prerequisite;
    }
}
