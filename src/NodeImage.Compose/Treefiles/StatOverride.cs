using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Treefiles;

/// <summary>
/// Permissions of an overlay's files beside the one bit that version control keeps: the file that <c>ostree commit
/// --statoverride</c> reads. A line <c>=384 /etc/secret</c> sets permissions; <c>+2048 /usr/bin/su</c> adds some.
/// </summary>
public static class StatOverride
{
    /// <summary>What such a file is called within an overlay's folder.</summary>
    public const string FileName = "statoverride";

    private const int AllPermissions = 0b111_111_111_111;
    private const int ProgramMode = 0b111_101_101;
    private const int DataMode = 0b110_100_100;

    /// <summary>Gives an overlay's entries the permissions that a file says.</summary>
    /// <param name="entries">The entries. One that is the file itself is left out.</param>
    /// <param name="path">The file.</param>
    /// <param name="imagePath">The folder in the image that the overlay is laid over, which the file's paths are relative to.</param>
    /// <returns>The entries with their permissions.</returns>
    /// <exception cref="DiagnosticException">A line makes no sense, or names nothing that the overlay has.</exception>
    public static ImmutableArray<OverlayEntry> Apply(ImmutableArray<OverlayEntry> entries, string path, string imagePath)
    {
        var own = ImagePath.Join(imagePath, FileName);
        var byPath = entries.Where(entry => entry.Path != own).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
            {
                continue;
            }

            var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            var sets = parts[0].StartsWith('=');
            if (parts.Length < 2 || !int.TryParse(parts[0].AsSpan().TrimStart("=+"), NumberStyles.None, CultureInfo.InvariantCulture, out var mode))
            {
                throw Bad(path, number, $"'{line}' has no mode and path");
            }

            if ((mode & ~AllPermissions) != 0 || !ImagePath.TryNormalize(parts[1], out var canonical))
            {
                throw Bad(path, number, $"'{line}' is no mode up to 4095 and a path");
            }

            var full = imagePath.Length == 1 ? canonical : imagePath + canonical;
            if (!byPath.TryGetValue(full, out var entry))
            {
                throw Bad(path, number, $"the overlay has no '{canonical}'");
            }

            byPath[full] = entry with { Mode = sets ? mode : entry.Mode | mode };
        }

        return [.. byPath.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>Writes what an overlay's entries say beyond the bit that version control keeps.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>The file's text; empty where there is nothing to say.</returns>
    public static string Write(IEnumerable<OverlayEntry> entries) => string.Concat(entries
        .Where(entry => entry.Type != FileType.SymbolicLink && entry.Mode is not ProgramMode && !(entry is { Type: FileType.Regular, Mode: DataMode }))
        .OrderBy(entry => entry.Path, StringComparer.Ordinal)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"={entry.Mode} {entry.Path}\n")));

    private static DiagnosticException Bad(string path, int line, string what) =>
        new(TreefileUseDiagnostics.StatOverrideMalformed.In(new SourcePlace(path, line, 1), path, line, what));
}
