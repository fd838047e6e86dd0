using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NodeImage.Compose.Libraries;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>Puts what an overlay library brings for a target framework into a folder, as its package will have it.</summary>
public sealed class WriteOverlayLibrary : ImageTask
{
    /// <summary>The target framework as the project writes it.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The items: each with its type in <c>OSItemType</c>, files and folders by their full path.</summary>
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>The folder that the files go to; what was in it is removed.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The file that lists what the library brings. It is touched only when that changes.</summary>
    [Required]
    public string ContentFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        ReportSettings();
        var reader = new ItemReader(ProjectFolder, "");
        var overlays = reader.Overlays([.. Items.Where(item => TypeOf(item) == LibraryItemKind.Overlay)]).ToDictionary(overlay => overlay.Item.Identity, StringComparer.Ordinal);
        foreach (var problem in reader.Problems)
        {
            Report(problem);
        }

        if (Failed)
        {
            return;
        }

        if (Directory.Exists(OutputFolder))
        {
            Directory.Delete(OutputFolder, recursive: true);
        }

        Directory.CreateDirectory(OutputFolder);
        var folder = new LibraryFolder(OutputFolder, ProjectFolder);
        var items = ImmutableArray.CreateBuilder<LibraryItem>();
        foreach (var kind in LibraryItemKind.All)
        {
            foreach (var item in Items.Where(item => TypeOf(item) == kind.ItemType))
            {
                items.Add(folder.Add(kind, Read(kind, item), overlays.GetValueOrDefault(item.ItemSpec)));
            }
        }

        AtomicFile.WriteWhenDifferent(ContentFile, new LibraryContent(TargetFramework, items.ToImmutable()).Write());
    }

    private static string TypeOf(ITaskItem item) => item.GetMetadata("OSItemType");

    private static LibraryItem Read(LibraryItemKind kind, ITaskItem item) => new(
        kind.ItemType,
        item.ItemSpec,
        kind.Metadata.Select(name => KeyValuePair.Create(name, item.GetMetadata(name))).Where(metadata => metadata.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal));
}
