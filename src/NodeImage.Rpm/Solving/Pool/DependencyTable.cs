using System.Runtime.InteropServices;
using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// Stores each dependency once and numbers it, from 1. Rich dependencies become trees of two-armed nodes, chains of the same
/// keyword leaning to the right.
/// </summary>
internal sealed class DependencyTable
{
    private readonly List<DependencyNode> _nodes = [default];
    private readonly List<string> _texts = [""];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<DependencyNode, int> _numbers = [];

    public VersionTable Versions { get; } = new();

    /// <summary>One more than the highest number given out.</summary>
    public int Count => _nodes.Count;

    public DependencyNode this[int dependency] => _nodes[dependency];

    /// <summary>All nodes by number; stale once another dependency is stored.</summary>
    public ReadOnlySpan<DependencyNode> Nodes => CollectionsMarshal.AsSpan(_nodes);

    /// <summary>Makes room for a number of dependencies.</summary>
    public void EnsureCapacity(int count)
    {
        _nodes.EnsureCapacity(count);
        _numbers.EnsureCapacity(count);
        _names.EnsureCapacity(count / 2);
        _texts.EnsureCapacity(count / 2);
    }

    public int Name(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, text, out var known);
        if (!known)
        {
            number = _nodes.Count;
            _nodes.Add(new DependencyNode(DependencyKind.Name, _texts.Count, 0, 0));
            _texts.Add(text);
        }

        return number;
    }

    /// <summary>The number of a bare capability, or 0 where nothing has that name.</summary>
    public int FindName(string text) => _names.GetValueOrDefault(text);

    public int Intern(DependencyNode node)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, node, out var known);
        if (!known)
        {
            number = _nodes.Count;
            _nodes.Add(node);
        }

        return number;
    }

    public int Intern(Dependency dependency)
    {
        if (dependency.IsRich && DependencyParser.TryParseRich(dependency.Name, out var rich))
        {
            return Intern(rich);
        }

        var name = Name(dependency.Name);
        var range = ToRange(dependency.Comparison);
        return range == VersionRange.None
            ? name
            : Intern(new DependencyNode(DependencyKind.Range, name, Versions.Intern(dependency.Version!), (int)range));
    }

    public int Intern(RichDependency rich) => rich switch
    {
        RichDependency.Leaf leaf => Intern(leaf.Dependency),
        RichDependency.And and => Chain(DependencyKind.And, and.Terms),
        RichDependency.Or or => Chain(DependencyKind.Or, or.Terms),
        RichDependency.With with => Chain(DependencyKind.With, with.Terms),
        RichDependency.Without without => Intern(new DependencyNode(
            DependencyKind.Without, Intern(without.Included), Intern(without.Excluded), 0)),
        RichDependency.If @if => Intern(new DependencyNode(
            DependencyKind.If, Intern(@if.Then), Intern(@if.Condition), @if.Else is null ? 0 : Intern(@if.Else))),
        RichDependency.Unless unless => Intern(new DependencyNode(
            DependencyKind.Unless, Intern(unless.Then), Intern(unless.Condition), unless.Else is null ? 0 : Intern(unless.Else))),
        _ => throw new ArgumentException("Not a rich dependency.", nameof(rich)),
    };

    /// <summary>The bare capability at the left end of a dependency.</summary>
    public int RootName(int dependency)
    {
        var node = _nodes[dependency];
        while (node.Kind != DependencyKind.Name)
        {
            dependency = node.First;
            node = _nodes[dependency];
        }

        return dependency;
    }

    /// <summary>The text of a bare capability.</summary>
    public string NameText(int dependency) => _texts[_nodes[dependency].First];

    /// <summary>Whether it takes more than a list of providers to tell if the dependency holds.</summary>
    public bool IsConditional(int dependency)
    {
        var node = _nodes[dependency];
        return node.IsConditional
            || (node.Kind == DependencyKind.Or && (IsConditional(node.First) || IsConditional(node.Second)));
    }

    /// <summary>The dependency as a spec file writes it.</summary>
    public string ToText(int dependency, Func<int, string> architectureName)
    {
        var node = _nodes[dependency];
        string Text(int inner) => ToText(inner, architectureName);
        return node.Kind switch
        {
            DependencyKind.Name => _texts[node.First],
            DependencyKind.Range => $"{Text(node.First)} {Operator((VersionRange)node.Third)} {Versions[node.Second]}",
            DependencyKind.Architecture => $"{Text(node.First)}.{architectureName(node.Second)}",
            DependencyKind.And => $"({Text(node.First)} and {Text(node.Second)})",
            DependencyKind.Or => $"({Text(node.First)} or {Text(node.Second)})",
            DependencyKind.With => $"({Text(node.First)} with {Text(node.Second)})",
            DependencyKind.Without => $"({Text(node.First)} without {Text(node.Second)})",
            DependencyKind.If => $"({Text(node.First)} if {Text(node.Second)}{Else(node.Third)})",
            _ => $"({Text(node.First)} unless {Text(node.Second)}{Else(node.Third)})",
        };

        string Else(int inner) => inner == 0 ? "" : $" else {Text(inner)}";
    }

    public static VersionRange ToRange(DependencyFlags comparison)
    {
        var range = VersionRange.None;
        range |= (comparison & DependencyFlags.Greater) != 0 ? VersionRange.Greater : 0;
        range |= (comparison & DependencyFlags.Equal) != 0 ? VersionRange.Equal : 0;
        range |= (comparison & DependencyFlags.Less) != 0 ? VersionRange.Less : 0;
        return range;
    }

    private int Chain(DependencyKind kind, IReadOnlyList<RichDependency> terms)
    {
        var tail = Intern(terms[^1]);
        for (var i = terms.Count - 2; i >= 0; i--)
        {
            tail = Intern(new DependencyNode(kind, Intern(terms[i]), tail, 0));
        }

        return tail;
    }

    private static string Operator(VersionRange range) => range switch
    {
        VersionRange.Less => "<",
        VersionRange.Less | VersionRange.Equal => "<=",
        VersionRange.Equal => "=",
        VersionRange.Greater | VersionRange.Equal => ">=",
        VersionRange.Greater => ">",
        VersionRange.Less | VersionRange.Greater => "<>",
        _ => "<=>",
    };
}
