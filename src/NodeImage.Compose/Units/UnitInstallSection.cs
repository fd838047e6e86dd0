using NodeImage.Core.Files;

namespace NodeImage.Compose.Units;

/// <summary>What a unit says about being enabled: the <c>[Install]</c> section of <c>systemd.unit(5)</c>.</summary>
internal sealed record UnitInstallSection
{
    /// <summary>Units that want it.</summary>
    public List<string> WantedBy { get; } = [];

    /// <summary>Units that require it.</summary>
    public List<string> RequiredBy { get; } = [];

    /// <summary>Units that hold it up.</summary>
    public List<string> UpheldBy { get; } = [];

    /// <summary>Other names that it takes.</summary>
    public List<string> Alias { get; } = [];

    /// <summary>Units that are enabled with it.</summary>
    public List<string> Also { get; } = [];

    /// <summary>The instance that a template is enabled as, or null.</summary>
    public string? DefaultInstance { get; private set; }

    /// <summary>Whether there is nothing to enable.</summary>
    public bool IsEmpty => WantedBy.Count + RequiredBy.Count + UpheldBy.Count + Alias.Count + Also.Count == 0;

    /// <summary>Reads the section of a unit file. Drop-ins do not count: systemd reads them too, but no package relies on it.</summary>
    public static UnitInstallSection Parse(string text)
    {
        var section = new UnitInstallSection();
        var inside = false;
        foreach (var line in LogicalLines(text))
        {
            if (line.StartsWith('['))
            {
                inside = line == "[Install]";
            }
            else if (inside && line.Split('=', 2) is [var key, var value])
            {
                section.Set(key.Trim(), value.Trim());
            }
        }

        return section;
    }

    /// <summary>Reads the section of the unit that a scope has under a name.</summary>
    /// <returns>The section, or null where there is no such unit.</returns>
    public static UnitInstallSection? Read(FileTree tree, UnitScope scope, string unit)
    {
        var name = UnitName.TemplateOf(unit) ?? unit;
        var content = UnitFolders.SearchPath(scope)
            .SelectMany(folder => new[] { tree.Resolve(ImagePath.Join(folder, unit)), tree.Resolve(ImagePath.Join(folder, name)) })
            .FirstOrDefault(node => node?.Inode.Content is not null)?.Inode.Content;
        return content is null ? null : Parse(content.ReadText());
    }

    private void Set(string key, string value)
    {
        var list = key switch
        {
            "WantedBy" => WantedBy,
            "RequiredBy" => RequiredBy,
            "UpheldBy" => UpheldBy,
            "Alias" => Alias,
            "Also" => Also,
            _ => null,
        };
        if (key == "DefaultInstance")
        {
            DefaultInstance = value;
        }
        else if (value.Length == 0)
        {
            list?.Clear();
        }
        else
        {
            list?.AddRange(value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    // A backslash at the end of a line joins it to the next: systemd.syntax(7).
    private static IEnumerable<string> LogicalLines(string text)
    {
        var joined = "";
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] is '#' or ';')
            {
                continue;
            }

            if (trimmed.EndsWith('\\'))
            {
                joined += trimmed[..^1] + " ";
                continue;
            }

            yield return joined + trimmed;
            joined = "";
        }
    }
}
