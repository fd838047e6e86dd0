using System.Text.RegularExpressions;
using NodeImage.Compose.Definition;
using NodeImage.Core.Files;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>Decides which files of a package are installed: <c>skipInstallFiles</c> in rpm's <c>lib/transaction.c</c>.</summary>
/// <param name="options">Whether documentation is wanted, and which languages.</param>
/// <param name="removals">Files that are left out of single packages.</param>
internal sealed class FileSelection(PackageOptions options, IEnumerable<PackageFileRemoval>? removals = null)
{
    private readonly ILookup<string, Regex> _removals = (removals ?? []).ToLookup(removal => removal.Package, removal => FilePattern.Compile(removal.Pattern), StringComparer.Ordinal);

    /// <summary>Decides about each file of a package.</summary>
    /// <param name="package">The package.</param>
    /// <returns>True for each that is installed, in the list's order.</returns>
    public bool[] Select(RpmPackageInfo package)
    {
        var files = package.Files;
        var removed = _removals[package.Nevra.Name].ToList();
        var wanted = new bool[files.Count];
        var emptied = new HashSet<string>(StringComparer.Ordinal);
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = IsWanted(files[i]) && !removed.Exists(pattern => FilePattern.IsIn(pattern, files[i].Path));
            var folder = ImagePath.Parent(files[i].Path);
            left[folder] = left.GetValueOrDefault(folder) + (wanted[i] ? 1 : 0);
            if (!wanted[i])
            {
                emptied.Add(folder);
            }
        }

        if (emptied.Count > 0)
        {
            DropEmptied(files, wanted, emptied, left);
        }

        return wanted;
    }

    // A folder goes with the last of what was in it; what was empty from the beginning stays.
    private static void DropEmptied(RpmFileList files, bool[] wanted, HashSet<string> emptied, Dictionary<string, int> left)
    {
        foreach (var folder in files.Where(file => file.IsDirectory && wanted[file.Index]).OrderByDescending(file => file.Path, StringComparer.Ordinal).ToList())
        {
            if (emptied.Contains(folder.Path) && left[folder.Path] == 0)
            {
                wanted[folder.Index] = false;
                var parent = ImagePath.Parent(folder.Path);
                left[parent]--;
                emptied.Add(parent);
            }
        }
    }

    private bool IsWanted(RpmFileEntry file)
    {
        if (!options.Documentation && (file.Flags & RpmFileFlags.Doc) != 0)
        {
            return false;
        }

        return options.Languages.IsEmpty || file.Languages.Length == 0
            || Array.Exists(file.Languages.Split('|'), language => options.Languages.Any(wanted => Matches(wanted, language)));
    }

    // "de" takes "de_AT" too, as rpm's %_install_langs does.
    private static bool Matches(string wanted, string language) =>
        language == wanted
        || (language.StartsWith(wanted, StringComparison.Ordinal) && language[wanted.Length] is '_' or '.' or '@');
}
