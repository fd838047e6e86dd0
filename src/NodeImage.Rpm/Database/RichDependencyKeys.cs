using System.Text;
using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Database;

/// <summary>
/// The keys that a rich dependency is found by: each name in it, with <c>!</c> before those whose coming rather than whose
/// going can break it (<c>updateRichDep</c> in rpm's <c>lib/rpmdb.c</c>).
/// </summary>
internal static class RichDependencyKeys
{
    /// <summary>Makes the keys.</summary>
    /// <param name="text">The dependency, parentheses included.</param>
    /// <returns>The keys, each once, in rpm's order; none where it is no rich dependency.</returns>
    public static IReadOnlyList<byte[]> Of(string text)
    {
        if (!DependencyParser.TryParseRich(text, out var rich))
        {
            return [];
        }

        // A space stands where the exclamation mark would, as rpm sorts them so.
        var keys = new List<byte[]>();
        Collect(rich, negated: false, keys);
        keys.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return [.. keys
            .Where((key, i) => i == 0 || !key.AsSpan().SequenceEqual(keys[i - 1]))
            .Select(key => key[0] == (byte)' ' ? key[1..] : key)];
    }

    private static void Collect(RichDependency rich, bool negated, List<byte[]> keys)
    {
        switch (rich)
        {
            case RichDependency.Leaf { Dependency.Name: { Length: > 0 } name }:
                if (name.Length <= 7 || !name.StartsWith("rpmlib(", StringComparison.Ordinal))
                {
                    keys.Add(Encoding.UTF8.GetBytes((negated ? "!" : " ") + name));
                }

                break;
            case RichDependency.And and:
                CollectAll(and.Terms, negated, keys);
                break;
            case RichDependency.Or or:
                CollectAll(or.Terms, negated, keys);
                break;
            case RichDependency.With with:
                CollectAll(with.Terms, negated, keys);
                break;
            case RichDependency.Without without:
                CollectAll([without.Included, without.Excluded], negated, keys);
                break;
            case RichDependency.If condition:
                CollectCondition(condition.Then, condition.Condition, condition.Else, negated, keys);
                break;
            case RichDependency.Unless condition:
                CollectCondition(condition.Then, condition.Condition, condition.Else, negated, keys);
                break;
        }
    }

    private static void CollectAll(IEnumerable<RichDependency> terms, bool negated, List<byte[]> keys)
    {
        foreach (var term in terms)
        {
            Collect(term, negated, keys);
        }
    }

    private static void CollectCondition(RichDependency then, RichDependency condition, RichDependency? otherwise, bool negated, List<byte[]> keys)
    {
        Collect(then, negated, keys);
        Collect(condition, !negated, keys);
        if (otherwise is not null)
        {
            Collect(condition, negated, keys);
            Collect(otherwise, negated, keys);
        }
    }
}
