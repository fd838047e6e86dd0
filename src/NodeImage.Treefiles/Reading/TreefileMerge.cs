using System.Collections.Immutable;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>Merges an included treefile into the one that includes it: <c>treefile_merge</c> of rpm-ostree's <c>rust/src/treefile.rs</c>.</summary>
internal static class TreefileMerge
{
    /// <summary>Merges.</summary>
    /// <param name="including">The fields of the treefile that includes; they are changed.</param>
    /// <param name="included">The fields of the one that is included.</param>
    /// <returns>The fields of the included one that have no effect.</returns>
    public static IReadOnlyList<string> Into(Dictionary<string, TreefileValue> including, IReadOnlyDictionary<string, TreefileValue> included)
    {
        var ignored = new List<string>();
        foreach (var field in TreefileFields.All)
        {
            if (!included.TryGetValue(field.Name, out var theirs) || field.Merge == FieldMerge.Consumed)
            {
                continue;
            }

            if (field.Merge == FieldMerge.TopOnly)
            {
                ignored.Add(field.Name);
                continue;
            }

            var ours = including.GetValueOrDefault(field.Name);
            including[field.Name] = ours is null ? theirs : Merge(field.Merge, ours, theirs);
        }

        if (including.GetValueOrDefault("repo-packages") is ListValue packages)
        {
            including["repo-packages"] = KeepLast(packages);
        }

        return ignored;
    }

    /// <summary>Leaves each package to the last repository that names it, and drops what has none left.</summary>
    internal static ListValue KeepLast(ListValue list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<TreefileValue>();
        foreach (var entry in list.Items.Cast<MapValue>().Reverse())
        {
            var packages = (ListValue)entry.Find("packages")!;
            ImmutableArray<TreefileValue> left = [.. packages.Items.Where(package => seen.Add(((TextValue)package).Text))];
            if (!left.IsEmpty)
            {
                kept.Add(new MapValue([.. entry.Entries.Select(member => member.Name == "packages" ? member with { Value = new ListValue(left, packages.Place) } : member)], entry.Place));
            }
        }

        kept.Reverse();
        return new ListValue([.. kept], list.Place);
    }

    private static TreefileValue Merge(FieldMerge merge, TreefileValue ours, TreefileValue theirs) => merge switch
    {
        FieldMerge.Concatenate or FieldMerge.LastRepository => new ListValue([.. ((ListValue)theirs).Items, .. ((ListValue)ours).Items], ours.Place),
        FieldMerge.Union => FieldTypes.Sorted(new ListValue([.. ((ListValue)ours).Items, .. ((ListValue)theirs).Items], ours.Place)),
        FieldMerge.ByName => ByName((MapValue)ours, (MapValue)theirs),
        _ => ours,
    };

    private static MapValue ByName(MapValue ours, MapValue theirs) =>
        new([.. theirs.Entries.Where(entry => ours.Entries.All(own => own.Name != entry.Name)).Concat(ours.Entries).OrderBy(entry => entry.Name, StringComparer.Ordinal)], ours.Place);
}
