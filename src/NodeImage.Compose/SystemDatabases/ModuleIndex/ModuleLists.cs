using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>Writes the lists that depmod makes of modules, as text and as indexes: the <c>output_*</c> functions in <c>tools/depmod.c</c> of kmod.</summary>
/// <param name="graph">The modules.</param>
/// <param name="program">The image's depmod.</param>
/// <param name="complain">Takes what it would complain about.</param>
internal sealed partial class ModuleLists(ModuleGraph graph, KmodProgram program, Action<string> complain)
{
    private const string DeviceNamePrefix = "devname:";

    /// <summary>Writes what each module needs.</summary>
    public (string Text, byte[] Index) Dependencies()
    {
        var (text, index) = (new StringBuilder(), new IndexTrie());
        for (var i = 0; i < graph.Modules.Length; i++)
        {
            var line = $"{graph.Modules[i].Path}:{string.Concat(graph.DependenciesOf(i).Select(module => $" {module.Path}"))}";
            text.Append(line).Append('\n');
            Add(index, graph.Modules[i].Name, line, (uint)i);
        }

        return (text.ToString(), index.Write(program.WritesRootFirst));
    }

    /// <summary>Writes what modules answer to.</summary>
    public (string Text, byte[] Index) Aliases()
    {
        var (text, index) = (new StringBuilder("# Aliases extracted from modules themselves.\n"), new IndexTrie());
        for (var i = 0; i < graph.Modules.Length; i++)
        {
            foreach (var alias in graph.Facts[i].Aliases)
            {
                text.Append("alias ").Append(alias).Append(' ').Append(graph.Modules[i].Name).Append('\n');
                if (ModuleNames.NormalizeAlias(alias) is { } normalized)
                {
                    Add(index, normalized, graph.Modules[i].Name, (uint)i);
                }
                else
                {
                    complain($"the alias '{alias}' of the module '{graph.Modules[i].Name}' has a bracket without its counterpart.");
                }
            }
        }

        return (text.ToString(), index.Write(program.WritesRootFirst));
    }

    /// <summary>Writes which module has which symbol.</summary>
    public (string Text, byte[] Index) Symbols()
    {
        var (text, index) = (new StringBuilder("# Aliases for symbols, used by symbol_request().\n"), new IndexTrie());
        foreach (var (symbol, module) in new KmodHash(2048, program.IsBigEndian).Sort(graph.Symbols, entry => entry.Symbol))
        {
            text.Append("alias symbol:").Append(symbol).Append(' ').Append(graph.Modules[module].Name).Append('\n');
            Add(index, "symbol:" + symbol, graph.Modules[module].Name, (uint)module);
        }

        return (text.ToString(), index.Write(program.WritesRootFirst));
    }

    /// <summary>Writes what should be loaded with what.</summary>
    public string SoftDependencies() =>
        "# Soft dependencies extracted from modules themselves.\n" + Lines("softdep", fact => fact.SoftDependencies);

    /// <summary>Writes what may be loaded after what.</summary>
    public string WeakDependencies() =>
        "# Weak dependencies extracted from modules themselves.\n" + Lines("weakdep", fact => fact.WeakDependencies);

    /// <summary>Writes the device nodes that are made before their modules are loaded.</summary>
    public string DeviceNames()
    {
        var text = new StringBuilder();
        for (var i = 0; i < graph.Modules.Length; i++)
        {
            var (name, device) = FindDevice(graph.Facts[i].Aliases);
            if (name is not null && device is not null)
            {
                text.Append(text.Length == 0 ? "# Device nodes to trigger on-demand module loading.\n" : "");
                text.Append(CultureInfo.InvariantCulture, $"{graph.Modules[i].Name} {name} {device}\n");
            }
            else if (name is not null)
            {
                complain($"the module '{graph.Modules[i].Name}' names the device node '{name}', but not its number.");
            }
        }

        return text.ToString();
    }

    // Up to the first alias with which both are known; of several before, the last one counts.
    private static (string? Name, string? Device) FindDevice(IReadOnlyList<string> aliases)
    {
        string? name = null;
        string? device = null;
        foreach (var alias in aliases)
        {
            if (alias.StartsWith(DeviceNamePrefix, StringComparison.Ordinal))
            {
                name = alias[DeviceNamePrefix.Length..];
            }
            else if (DeviceNumber().Match(alias) is { Success: true, Groups: var groups })
            {
                device = $"{groups[1].Value[0]}{Number(groups[2].Value)}:{Number(groups[3].Value)}";
            }

            if (name is not null && device is not null)
            {
                break;
            }
        }

        return (name, device);
    }

    private static string Number(string digits) =>
        uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "4294967295";

    private string Lines(string kind, Func<ModuleFact, IReadOnlyList<string>> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < graph.Modules.Length; i++)
        {
            foreach (var value in values(graph.Facts[i]))
            {
                text.Append(kind).Append(' ').Append(graph.Modules[i].Name).Append(' ').Append(value).Append('\n');
            }
        }

        return text.ToString();
    }

    private void Add(IndexTrie index, string key, string value, uint priority)
    {
        if (!index.Add(key, value, priority))
        {
            complain($"'{key}' or '{value}' has letters beyond ASCII, which an index cannot hold.");
        }
    }

    [GeneratedRegex("^(char|block)-major-([0-9]+)-([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceNumber();
}
