using System.Reflection;
using Microsoft.Build.Framework;
using NodeImage.Tasks;

namespace NodeImage.Schema.Tests.Support;

/// <summary>A project with one item of each type, read by the very task that reads projects.</summary>
internal sealed class ImageProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-schema-");
    private readonly RecordingEngine _engine = new();

    /// <summary>What the task complains of.</summary>
    public IEnumerable<string> Errors => _engine.Errors.Select(error => $"{error.Code}: {error.Message}");

    /// <summary>Reads a project.</summary>
    /// <param name="change">Metadata that differs from what every item has here, by type and name.</param>
    /// <returns>The items, by the task's parameters.</returns>
    public IReadOnlyDictionary<string, RecordingItem> Read(params IEnumerable<(string ItemType, string Name, string Value)> change)
    {
        foreach (var file in (string[])["units/a.service", "scripts/a.sh", "overlay/etc/a", "base.osproj", "programs/tool"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
            File.WriteAllText(At(file), "");
        }

        File.WriteAllText(At("image.osproj"), "<Project />");
        var items = new SortedDictionary<string, RecordingItem>(StringComparer.Ordinal);
        foreach (var (parameter, itemType) in TargetsSurface.TaskItems)
        {
            var metadata = Metadata(itemType);
            foreach (var (_, name, value) in change.Where(entry => entry.ItemType == itemType))
            {
                metadata[name] = value;
            }

            items[parameter] = new RecordingItem(Identity(itemType), metadata);
        }

        // Extensions have no place beside anything else.
        Read("Layered", items.Where(item => item.Key != nameof(CollectImageDefinition.Extensions)));
        Read("Extensions", items.Where(item => item.Key == nameof(CollectImageDefinition.Extensions)));
        return items;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Read(string kind, IEnumerable<KeyValuePair<string, RecordingItem>> items)
    {
        using var task = new CollectImageDefinition
        {
            BuildEngine = _engine,
            ProjectFile = At("image.osproj"),
            DefinitionFile = At("definition.json"),
            PackagesFile = At("packages.json"),
            Kind = kind,
            Name = "image",
            TargetFramework = "rhel9.6",
            RuntimeIdentifier = "linux-x64",
        };
        foreach (var (parameter, item) in items)
        {
            typeof(CollectImageDefinition).GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance)!.SetValue(task, new ITaskItem[] { item });
        }

        task.Execute();
    }

    private static string Identity(string itemType) => itemType switch
    {
        "SystemdUnit" => "units/a.service",
        "SystemdUnitState" => "a.service",
        "PostProcessScript" or "ImageTest" => "scripts/a.sh",
        "Overlay" => "overlay",
        "TreefileField" => "boot-location",
        "ProjectReference" or "_OSImageProgram" => "base.osproj",
        _ => "a",
    };

    private Dictionary<string, string> Metadata(string itemType) => itemType switch
    {
        "RpmPackageOverride" => new() { ["Reason"] = "It must be." },
        "OSExtension" => new() { ["Packages"] = "a" },
        "SystemdUnitState" => new() { ["State"] = "Enabled" },
        "GroupMember" => new() { ["Group"] = "b" },
        "PackageFileRemoval" => new() { ["Pattern"] = "/usr/share/.*" },
        "PinnedUser" => new() { ["Uid"] = "74" },
        "PinnedGroup" => new() { ["Gid"] = "74" },
        "TreefileField" => new() { ["Value"] = "modules" },
        "_OSImageProgram" => new() { ["ImagePath"] = "/usr/bin/tool", ["PublishedTo"] = At("programs/") },
        _ => [],
    };

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
