using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Units;

/// <summary>What a preset says of a unit.</summary>
internal enum PresetAction
{
    /// <summary>Enable it; also where no preset names it.</summary>
    Enable,

    /// <summary>Disable it.</summary>
    Disable,

    /// <summary>Leave it.</summary>
    Ignore,
}

/// <summary>The presets of an image: <c>systemd.preset(5)</c>.</summary>
internal sealed class UnitPresets
{
    private readonly List<(PresetAction Action, string Pattern, string[] Instances)> _rules = [];

    /// <summary>Reads an image's presets.</summary>
    public static UnitPresets Read(FileTree tree, UnitScope scope)
    {
        var presets = new UnitPresets();
        var files = UnitFolders.Presets(scope)
            .SelectMany(folder => tree.Resolve(folder)?.Children ?? [])
            .Where(node => node.Name.EndsWith(".preset", StringComparison.Ordinal))
            .DistinctBy(node => node.Name, StringComparer.Ordinal)
            .OrderBy(node => node.Name, StringComparer.Ordinal);
        foreach (var node in files)
        {
            presets.Add(tree.Resolve(node.Path)?.Inode.Content?.ReadText() ?? "");
        }

        return presets;
    }

    /// <summary>Decides about a unit: the first rule that matches wins.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="instances">The instances to enable, where the unit is a template that a rule names some for.</param>
    public PresetAction Decide(string unit, out IReadOnlyList<string> instances)
    {
        var template = UnitName.IsTemplate(unit) ? unit : UnitName.TemplateOf(unit);
        foreach (var (action, pattern, named) in _rules)
        {
            if (named.Length > 0 && pattern == template && (template == unit || named.Contains(UnitName.InstanceOf(unit))))
            {
                instances = template == unit ? named : [];
                return action;
            }

            if (Matches(pattern, unit))
            {
                instances = [];
                return action;
            }
        }

        instances = [];
        return PresetAction.Enable;
    }

    // What makes no sense as a pattern matches nothing.
    private static bool Matches(string pattern, string unit)
    {
        try
        {
            return ShellPattern.IsMatch(pattern, unit);
        }
        catch (UnsupportedScriptException)
        {
            return false;
        }
    }

    private void Add(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
            {
                continue;
            }

            PresetAction? action = words[0] switch
            {
                "enable" => PresetAction.Enable,
                "disable" => PresetAction.Disable,
                "ignore" => PresetAction.Ignore,
                _ => null,
            };
            if (action is { } known)
            {
                // Only what is enabled may name instances, and only of a template.
                if (words.Length == 2 || (known == PresetAction.Enable && UnitName.IsTemplate(words[1])))
                {
                    _rules.Add((known, words[1], words[2..]));
                }
            }
        }
    }
}
