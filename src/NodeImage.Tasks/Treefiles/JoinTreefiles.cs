using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.IO;

namespace NodeImage.Tasks.Treefiles;

/// <summary>Makes items and properties of a project's treefiles, which stay what they are.</summary>
public sealed class JoinTreefiles : TreefileTask
{
    /// <summary>The runtime identifier.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary><c>RpmRepository</c> items of the project, which are not looked for in <c>.repo</c> files.</summary>
    public ITaskItem[] Repositories { get; set; } = [];

    /// <summary>The folder for the scripts that stand in treefiles.</summary>
    [Required]
    public string ScriptFolder { get; set; } = "";

    /// <summary>The file that lists what was read, for whoever watches.</summary>
    [Required]
    public string FilesFile { get; set; } = "";

    /// <summary>The items, each with its type in <c>OSItemType</c>.</summary>
    [Output]
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>The properties: items with the value in <c>Value</c>.</summary>
    [Output]
    public ITaskItem[] Properties { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        if (ItemOriginsFile is not null)
        {
            ItemOrigins.Write(ItemOriginsFile, Treefiles.Select(item => ("Treefile", item)));
        }

        var (treefile, source) = Read(ArchitectureOf(RuntimeIdentifier), Treefiles);
        var content = TreefileMapper.Map(treefile, new TreefileMapping(source, Relative(ScriptFolder.TrimEnd('/', '\\')))
        {
            Root = source.Root,
            KnownRepositories = Repositories.Select(item => item.ItemSpec).ToImmutableHashSet(StringComparer.Ordinal),
            PathOf = Relative,
            Report = ReportOnce,
        });
        var wanted = content.Scripts.ToDictionary(script => Path.GetFullPath(script.Path, ProjectFolder), script => script.Text, StringComparer.Ordinal);
        foreach (var stale in Directory.Exists(ScriptFolder) ? Directory.GetFiles(ScriptFolder).Where(path => !wanted.ContainsKey(path)) : [])
        {
            File.Delete(stale);
        }

        foreach (var (path, text) in wanted)
        {
            AtomicFile.WriteWhenDifferent(path, System.Text.Encoding.UTF8.GetBytes(text));
        }

        AtomicFile.WriteWhenDifferent(FilesFile, System.Text.Encoding.UTF8.GetBytes(string.Concat(treefile.Files.Select(file => file + "\n"))));
        Items = [.. content.Items.Select(Item)];
        Properties = [.. content.Properties.Select(property => new TaskItem(Escape(property.Key), new Dictionary<string, string> { ["Value"] = Escape(property.Value) }))];
    }

    // What is escaped is taken as it is; semicolons between languages are meant.
    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal);

    private string Relative(string path)
    {
        var relative = Path.GetRelativePath(ProjectFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    private static TaskItem Item(TreefileItem item)
    {
        var made = new TaskItem(EscapeAll(item.Include));
        foreach (var (name, value) in item.Metadata)
        {
            made.SetMetadata(name, Escape(value));
        }

        made.SetMetadata("OSItemType", item.ItemType);
        if (item.Place is { } place)
        {
            made.SetMetadata("OriginFile", Escape(place.File));
            made.SetMetadata("OriginLine", place.Line.ToString(CultureInfo.InvariantCulture));
            made.SetMetadata("OriginColumn", place.Column.ToString(CultureInfo.InvariantCulture));
        }

        return made;
    }

    private static string EscapeAll(string text) => string.Concat(text.Select(c => "%*?@$();'".Contains(c, StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString()));
}
