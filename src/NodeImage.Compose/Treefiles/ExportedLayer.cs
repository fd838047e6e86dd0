using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Treefiles;

/// <summary>A layer that a treefile names, with the files that it is made of.</summary>
/// <param name="Name">What the treefile calls it.</param>
/// <param name="Folder">Its folder, relative to the treefile's.</param>
/// <param name="IsOverride">Whether it may replace what packages bring.</param>
/// <param name="Entries">What it has, sorted by path.</param>
/// <param name="Texts">The content of files that the project says with items rather than with files, by path.</param>
internal sealed record ExportedLayer(string Name, string Folder, bool IsOverride, ImmutableArray<OverlayEntry> Entries, ImmutableSortedDictionary<string, string> Texts)
{
    private const string Presets = "/usr/lib/systemd/system-preset";
    private const string UserPresets = "/usr/lib/systemd/user-preset";

    /// <summary>The layers of a definition: its overlays, and one with what its other items come to.</summary>
    public static ImmutableArray<ExportedLayer> All(ImageDefinition definition)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var layers = new List<ExportedLayer>();
        foreach (var overlay in definition.Overlays.Where(overlay => !overlay.IsFile))
        {
            var name = overlay.Layer ?? $"overlay/{10 + layers.Count}{Slug(overlay.Item.Identity)}";
            while (!names.Add(LayerFolders.FolderName(name)))
            {
                name += "x";
            }

            layers.Add(new ExportedLayer(name, Safe(LayerFolders.FolderName(name)), overlay.IsOverrideLayer, overlay.Entries, ImmutableSortedDictionary<string, string>.Empty));
        }

        if (OfItems(definition) is { Entries.IsEmpty: false } own)
        {
            layers.Add(own);
        }

        return [.. layers];
    }

    private static ExportedLayer OfItems(ImageDefinition definition)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<OverlayEntry>();
        foreach (var unit in definition.Units)
        {
            var folder = UnitFolders.Vendor(unit.Scope);
            entries.Add(new OverlayEntry(unit.DropInFor is { } target ? $"{folder}/{target}.d/{unit.Name}" : $"{folder}/{unit.Name}", FileType.Regular, 0b110_100_100) { File = unit.File });
        }

        AddStates(definition, texts, entries);
        AddAccounts(definition, texts);
        if (!definition.KernelArguments.IsEmpty)
        {
            texts[$"/usr/lib/bootc/kargs.d/50-{definition.Name}.toml"] = $"kargs = [{string.Join(", ", definition.KernelArguments.Select(argument => $"\"{JsonEncodedText.Encode(argument)}\""))}]\n";
        }

        entries.AddRange(texts.Keys.Select(path => new OverlayEntry(path, FileType.Regular, 0b110_100_100)));
        return new ExportedLayer("overlay/90items", "overlay.d/90items", false, [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)], texts.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    // Units of packages that are enabled are the treefile's own "units"; the rest is said as the system says it.
    private static void AddStates(ImageDefinition definition, SortedDictionary<string, string> texts, List<OverlayEntry> entries)
    {
        var states = definition.Units.Where(unit => unit.DropInFor is null).Select(unit => (unit.Name, unit.State, unit.Scope, Own: true))
            .Concat(definition.UnitStates.Select(state => (state.Name, state.State, state.Scope, Own: false)));
        var presets = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var (name, state, scope, own) in states)
        {
            if (state == UnitState.Masked)
            {
                entries.Add(new OverlayEntry($"{UnitFolders.Machine(scope)}/{name}", FileType.SymbolicLink, 0b111_111_111) { LinkTarget = "/dev/null" });
            }
            else if (state == UnitState.Disabled || (state == UnitState.Enabled && (own || scope == UnitScope.User)))
            {
                var path = $"{(scope == UnitScope.User ? UserPresets : Presets)}/40-nodeimage-{definition.Name}.preset";
                presets.TryAdd(path, new StringBuilder());
                presets[path].Append(state == UnitState.Enabled ? "enable " : "disable ").Append(name).Append('\n');
            }
        }

        foreach (var (path, text) in presets)
        {
            texts[path] = text.ToString();
        }
    }

    private static void AddAccounts(ImageDefinition definition, SortedDictionary<string, string> texts)
    {
        var lines = new StringBuilder();
        foreach (var group in definition.Groups)
        {
            lines.Append("g ").Append(group.Name).Append(' ').Append(group.Gid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-").Append('\n');
        }

        foreach (var user in definition.Users)
        {
            var id = user.Uid?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";
            lines.Append("u ").Append(user.Name).Append(' ').Append(user.Group is null ? id : $"{id}:{user.Group}").Append(" \"\" ").Append(user.Home ?? "/").Append(' ').Append(user.Shell ?? "/usr/sbin/nologin").Append('\n');
        }

        foreach (var member in definition.Members)
        {
            lines.Append("m ").Append(member.User).Append(' ').Append(member.Group).Append('\n');
        }

        if (lines.Length > 0)
        {
            texts[$"/usr/lib/sysusers.d/40-nodeimage-{definition.Name}.conf"] = lines.ToString();
        }
    }

    private static string Slug(string identity)
    {
        var name = Path.GetFileName(identity.Replace('\\', '/').TrimEnd('/'));
        return "-" + new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('.');
    }

    // A name from outside must not lead out of the folder.
    private static string Safe(string folder) => string.Join('/', folder.Split('/', '\\').Where(part => part is not ("" or "." or "..")));
}
