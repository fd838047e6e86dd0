using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Treefiles;

/// <summary>What a project says that takes a treefile's place.</summary>
/// <param name="Properties">Its properties, in the order in which they are written.</param>
/// <param name="Items">Its items, each with the architectures that it counts for; those that count for all name none.</param>
/// <param name="Comment">What stands above it all.</param>
public sealed record ImportedProject(ImmutableArray<(string Name, string Value)> Properties, ImmutableArray<(TreefileItem Item, ImmutableArray<string> Architectures)> Items, string Comment)
{
    /// <summary>Joins what a treefile comes to for several architectures.</summary>
    /// <param name="properties">Properties that the project has of its own.</param>
    /// <param name="contributions">What the treefile comes to, by architecture.</param>
    /// <param name="comment">What stands above it all.</param>
    /// <returns>The project.</returns>
    /// <exception cref="DiagnosticException">A property is another for another architecture, which a project cannot say.</exception>
    public static ImportedProject Join(ImmutableArray<(string Name, string Value)> properties, IReadOnlyList<(string Architecture, TreefileContribution Contribution)> contributions, string comment)
    {
        var names = contributions.SelectMany(pair => pair.Contribution.Properties.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var all = properties.ToBuilder();
        foreach (var name in names)
        {
            var values = contributions.Select(pair => pair.Contribution.Properties.GetValueOrDefault(name)).Distinct(StringComparer.Ordinal).ToList();
            if (values is not [{ } value])
            {
                throw TreefileUseDiagnostics.NotInTreefile.Error(null, $"The property {name}", $"it differs between {string.Join(", ", contributions.Select(pair => pair.Architecture))}", "Import for one architecture at a time (TreefileArchitectures=x86_64).");
            }

            all.Add((name, value));
        }

        var items = contributions.Select(pair => pair.Contribution.Items.Select(item => item.ItemType).ToList()).SelectMany(types => types).Distinct(StringComparer.Ordinal)
            .SelectMany(type => JoinItems(type, contributions));
        return new ImportedProject(all.ToImmutable(), [.. items], comment);
    }

    // Items of one type, in an order in which each architecture finds its own.
    private static IEnumerable<(TreefileItem, ImmutableArray<string>)> JoinItems(string type, IReadOnlyList<(string Architecture, TreefileContribution Contribution)> contributions)
    {
        var merged = new List<(TreefileItem Item, List<string> Architectures)>();
        foreach (var (architecture, contribution) in contributions)
        {
            var at = 0;
            var left = contribution.Items.Where(item => item.ItemType == type).ToList();
            var ahead = left.Select(item => item.Identity).ToHashSet(StringComparer.Ordinal);
            foreach (var item in left)
            {
                // Behind the last one that was found, so that the order of each architecture holds.
                var found = merged.FindIndex(at, other => other.Item.Identity == item.Identity && !other.Architectures.Contains(architecture));
                if (found >= 0)
                {
                    merged[found].Architectures.Add(architecture);
                    at = found + 1;
                }
                else
                {
                    // Behind what this architecture has not, which others have said before.
                    while (at < merged.Count && !ahead.Contains(merged[at].Item.Identity))
                    {
                        at++;
                    }

                    merged.Insert(at++, (item, [architecture]));
                }
            }
        }

        return merged.Select(pair => (pair.Item, pair.Architectures.Count == contributions.Count ? ImmutableArray<string>.Empty : [.. pair.Architectures]));
    }
}
