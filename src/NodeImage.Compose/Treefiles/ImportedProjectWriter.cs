using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodeImage.Compose.Engines;

namespace NodeImage.Compose.Treefiles;

/// <summary>Writes a project as a person would: groups with a word above them, short lines, names that belong together in one item.</summary>
public static class ImportedProjectWriter
{
    private const int LongLine = 110;

    // The order in which people look for things, and what stands above each group.
    private static readonly (string Title, string[] Types)[] Groups =
    [
        ("Where packages come from", ["RpmRepository"]),
        ("Packages", ["RpmPackage", "ExcludedPackage"]),
        ("What packages bring and the image has not", ["PackageFileRemoval", "RemovedFile"]),
        ("Files laid over the packages'", ["Overlay"]),
        ("Units", ["SystemdUnitState"]),
        ("Accounts", ["EtcGroupMember", "PinnedUser", "PinnedGroup"]),
        ("Scripts, run in the finished tree in this order", ["PostProcessScript"]),
        ("The image's configuration", ["ContainerDefaultArgs"]),
        ("For rpm-ostree: the managed engine has no use for these", ["TreefileField"]),
    ];

    // Items of which one may name several; their order means nothing, or is kept.
    private static readonly string[] Joined = ["RpmPackage", "ExcludedPackage", "EtcGroupMember", "RemovedFile", "SystemdUnitState"];
    private static readonly string[] KnowArchitectures = ["RpmPackage", "RpmRepository", "KernelArgument"];

    /// <summary>Writes the project.</summary>
    /// <param name="project">What it says.</param>
    /// <param name="nameOf">Makes the name of a treefile's file that is shown above its packages.</param>
    /// <returns>The file's text.</returns>
    public static string Write(ImportedProject project, Func<string, string> nameOf)
    {
        var text = new StringBuilder();
        text.Append("<!-- ").Append(Comment(project.Comment)).Append(" -->\n<Project Sdk=\"NodeImage.Sdk\">\n  <PropertyGroup>\n");
        foreach (var (name, value) in project.Properties)
        {
            text.Append("    <").Append(name).Append('>').Append(Xml(Escape(value, keepSemicolons: true))).Append("</").Append(name).Append(">\n");
        }

        text.Append("  </PropertyGroup>\n");
        foreach (var (title, types) in Groups)
        {
            var items = types.SelectMany(type => project.Items.Where(pair => pair.Item.ItemType == type)).ToList();
            if (items.Count > 0)
            {
                text.Append("\n  <!-- ").Append(title).Append(" -->\n");
                foreach (var run in Runs(items))
                {
                    var condition = ConditionOf(run[0]);
                    text.Append(condition.Length == 0 ? "  <ItemGroup>\n" : $"  <ItemGroup Condition=\"{condition}\">\n");
                    WriteItems(text, run, nameOf);
                    text.Append("  </ItemGroup>\n");
                }
            }
        }

        return text.Append("</Project>\n").ToString();
    }

    // Items in a row that count for the same architectures; their order stays.
    private static List<List<(TreefileItem Item, ImmutableArray<string> Architectures)>> Runs(List<(TreefileItem Item, ImmutableArray<string> Architectures)> items)
    {
        var runs = new List<List<(TreefileItem Item, ImmutableArray<string> Architectures)>>();
        foreach (var pair in items)
        {
            if (runs.Count == 0 || ConditionOf(runs[^1][0]) != ConditionOf(pair))
            {
                runs.Add([]);
            }

            runs[^1].Add(pair);
        }

        return runs;
    }

    // Some items know architectures themselves.
    private static string ConditionOf((TreefileItem Item, ImmutableArray<string> Architectures) pair)
    {
        if (pair.Architectures.IsEmpty || KnowArchitectures.Contains(pair.Item.ItemType))
        {
            return "";
        }

        var others = Architectures.All.Except(pair.Architectures, StringComparer.Ordinal).ToList();
        return others.Count == 1
            ? $"'$(RuntimeIdentifier)' != '{Architectures.ToRuntimeIdentifier(others[0])}'"
            : string.Join(" or ", pair.Architectures.Select(architecture => $"'$(RuntimeIdentifier)' == '{Architectures.ToRuntimeIdentifier(architecture)}'"));
    }

    private static void WriteItems(StringBuilder text, List<(TreefileItem Item, ImmutableArray<string> Architectures)> items, Func<string, string> nameOf)
    {
        string? shown = null;
        foreach (var group in InOrder(items))
        {
            var (first, architectures) = group[0];
            if (first.ItemType == "RpmPackage" && first.Place is { } place && place.File != shown)
            {
                shown = place.File;
                text.Append("    <!-- ").Append(Comment(nameOf(shown))).Append(" -->\n");
            }

            foreach (var includes in Lines([.. group.Select(pair => pair.Item.Include)]))
            {
                WriteItem(text, first, includes, architectures);
            }
        }
    }

    // Packages are sought by the file that asks for them; elsewhere the order stays.
    private static IEnumerable<List<(TreefileItem Item, ImmutableArray<string> Architectures)>> InOrder(List<(TreefileItem Item, ImmutableArray<string> Architectures)> items)
    {
        var groups = new List<List<(TreefileItem Item, ImmutableArray<string> Architectures)>>();
        var byKey = new Dictionary<string, List<(TreefileItem Item, ImmutableArray<string> Architectures)>>(StringComparer.Ordinal);
        foreach (var pair in items.Select((pair, i) => (pair, i)).OrderBy(one => one.pair.Item.ItemType == "RpmPackage" ? 0 : one.i + 1).ThenBy(one => one.pair.Item.Place?.File, StringComparer.Ordinal).ThenBy(one => one.i).Select(one => one.pair))
        {
            var key = Joined.Contains(pair.Item.ItemType)
                ? $"{pair.Item.ItemType}|{(pair.Item.ItemType == "RpmPackage" ? pair.Item.Place?.File : "")}|{string.Join('|', pair.Item.Metadata)}|{string.Join(',', pair.Architectures)}"
                : groups.Count.ToString(CultureInfo.InvariantCulture);
            if (!byKey.TryGetValue(key, out var group))
            {
                byKey.Add(key, group = []);
                groups.Add(group);
            }

            group.Add(pair);
        }

        return groups;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> includes)
    {
        var line = new StringBuilder();
        foreach (var include in includes.Select(include => Escape(include, keepSemicolons: false)))
        {
            if (line.Length > 0 && line.Length + include.Length > LongLine - 30)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : ";").Append(include);
        }

        yield return line.ToString();
    }

    private static void WriteItem(StringBuilder text, TreefileItem item, string include, ImmutableArray<string> architectures)
    {
        var attributes = new List<string> { $"Include=\"{Xml(include)}\"" };
        attributes.AddRange(item.Metadata.Select(pair => $"{pair.Name}=\"{Xml(Escape(pair.Value, keepSemicolons: true))}\""));
        if (!architectures.IsEmpty && KnowArchitectures.Contains(item.ItemType))
        {
            attributes.Add($"Architectures=\"{string.Join(';', architectures)}\"");
        }

        var open = $"    <{item.ItemType} ";
        var line = open + string.Join(' ', attributes) + " />";
        text.Append(line.Length <= LongLine + 20 ? line : open + string.Join("\n" + new string(' ', open.Length), attributes) + " />").Append('\n');
    }

    // What MSBuild would take for more than text.
    private static string Escape(string text, bool keepSemicolons)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var special = c is '%' or '*' or '?' || (c == ';' && !keepSemicolons) || (c is '$' or '@' && i + 1 < text.Length && text[i + 1] == '(');
            escaped.Append(special ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString());
        }

        return escaped.ToString();
    }

    private static string Xml(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\n' => "&#xA;",
                '\t' => "&#x9;",
                '\r' => "&#xD;",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static string Comment(string text) => text.Replace("--", "- -", StringComparison.Ordinal);
}
