using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Values;

namespace NodeImage.Compose.Treefiles;

/// <summary>
/// Finds the folders of layers. To rpm-ostree a layer is a commit; by the convention of coreos-assembler the layer
/// <c>overlay/05core</c> is made of the folder <c>overlay.d/05core</c> of its repository.
/// </summary>
internal static class LayerFolders
{
    private const string LayerPrefix = "overlay/";
    private const string FolderPrefix = "overlay.d/";

    /// <summary>Finds a layer's folder: beside the treefile that names it, or in a folder around it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mapping">Where folders are looked for, and what becomes of one that is missing.</param>
    /// <returns>The folder's full path.</returns>
    public static string Find(TextValue layer, TreefileMapping mapping)
    {
        var names = layer.Text.StartsWith(LayerPrefix, StringComparison.Ordinal) ? (string[])[FolderName(layer.Text), layer.Text] : [layer.Text];
        string? outermost = null;
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(mapping.Root));
        for (var folder = Path.GetDirectoryName(layer.Place!.File); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var path in names.Select(name => Locate(mapping, folder, name)).OfType<string>())
            {
                if (Directory.Exists(path))
                {
                    return path;
                }

            }

            outermost = Locate(mapping, folder, names[0]) ?? outermost;

            if (folder == root)
            {
                break;
            }
        }

        var missing = TreefileUseDiagnostics.LayerMissing.In(layer.Place, layer.Text, outermost ?? names[0]);
        if (!mapping.IsImport)
        {
            throw new DiagnosticException(missing);
        }

        mapping.Report(missing with { Descriptor = missing.Descriptor with { Severity = DiagnosticSeverity.Warning } });
        return Path.Combine(root, names[0]);
    }

    /// <summary>The folder that a layer of a name is made of.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <returns>Such as <c>overlay.d/05core</c>.</returns>
    public static string FolderName(string layer) => layer.StartsWith(LayerPrefix, StringComparison.Ordinal) ? FolderPrefix + layer[LayerPrefix.Length..] : layer;

    private static string? Locate(TreefileMapping mapping, string folder, string name)
    {
        try
        {
            return mapping.Source.Locate(folder, name);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }
}
