namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>Writes the indexes of modules that are built into the kernel, from the lists that come with it: <c>tools/depmod.c</c> of kmod.</summary>
/// <param name="program">The image's depmod.</param>
/// <param name="complain">Takes what it would complain about.</param>
internal sealed class BuiltinLists(KmodProgram program, Action<string> complain)
{
    // kmod's buffers; what is longer is no text to it.
    private const int MaxText = 4096;

    /// <summary>Writes the index of their names.</summary>
    /// <param name="list">The content of <c>modules.builtin</c>, or null where there is none.</param>
    public byte[] Names(string? list)
    {
        if (list is null)
        {
            return [];
        }

        var index = new IndexTrie();
        foreach (var line in list.Split('\n').SkipLast(list.EndsWith('\n') || list.Length == 0 ? 1 : 0))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]))
            {
                // Without a dot, the end of the line counts as part of the name, as kmod has it.
                Add(index, ModuleNames.OfPath(line + "\n"), "");
            }
            else
            {
                complain($"'{line}' in modules.builtin is no path of a module.");
            }
        }

        return index.Write(program.WritesRootFirst);
    }

    /// <summary>Writes the index of what they answer to.</summary>
    /// <param name="information">The content of <c>modules.builtin.modinfo</c>, or null where there is none.</param>
    /// <remarks>
    /// kmod 28 as it was published leaves the file empty by a slip, at which its own library then stumbles. Here it is
    /// written as 29 does.
    /// </remarks>
    public byte[] Aliases(string? information)
    {
        if (information is null)
        {
            return [];
        }

        var index = new IndexTrie();
        if (program.ListsBuiltinNames)
        {
            AddByModule(index, information);
        }
        else
        {
            AddInOrder(index, information);
        }

        return index.Write(program.WritesRootFirst);
    }

    private void AddInOrder(IndexTrie index, string information)
    {
        // name.key=value, each ended by a zero.
        for (var at = 0; at < information.Length;)
        {
            var module = ReadTo(information, '.', ref at);
            if (module.Length == 0)
            {
                continue;
            }

            if (ReadTo(information, '=', ref at) != "alias")
            {
                // Where there was no key at all, this passes over the next text, as kmod has it.
                SkipText(information, ref at);
                continue;
            }

            if (ReadTo(information, '\0', ref at) is { Length: > 0 } alias)
            {
                AddAlias(index, alias, module);
            }
        }
    }

    private void AddByModule(IndexTrie index, string information)
    {
        var seen = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var groups = new List<(string Module, List<string> Aliases)>();
        foreach (var text in information.Split('\0').SkipLast(1))
        {
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                break;
            }

            var module = text[..dot];
            if (groups.Count == 0 || groups[^1].Module != module)
            {
                // Of several groups for one module, kmod finds only the first, as often as there are groups.
                var isKnown = seen.TryGetValue(module, out var aliases);
                aliases ??= seen[module] = [];
                groups.Add((module, isKnown ? [.. aliases] : aliases));
            }

            if (text.AsSpan(dot + 1).StartsWith("alias=", StringComparison.Ordinal) && ReferenceEquals(groups[^1].Aliases, seen[module]))
            {
                seen[module].Add(text[(dot + 1 + "alias=".Length)..]);
            }
        }

        foreach (var (module, aliases) in groups)
        {
            var name = module.Replace('-', '_');
            aliases.ForEach(alias => AddAlias(index, alias, name));
            Add(index, name, name);
        }
    }

    private void AddAlias(IndexTrie index, string alias, string module)
    {
        if (ModuleNames.NormalizeAlias(alias) is { } normalized)
        {
            Add(index, normalized, module);
        }
        else
        {
            complain($"the alias '{alias}' in modules.builtin.modinfo has a bracket without its counterpart.");
        }
    }

    // Reads up to a letter; nothing where the text ends before, or is too long.
    private static string ReadTo(string text, char end, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != end && text[at] != '\0' && at - start < MaxText)
        {
            at++;
        }

        var found = at < text.Length && text[at] == end && at - start < MaxText ? text[start..at] : "";
        at = Math.Min(at + 1, text.Length);
        return found;
    }

    private static void SkipText(string text, ref int at)
    {
        var end = text.IndexOf('\0', at);
        at = end < 0 ? text.Length : end + 1;
    }

    private void Add(IndexTrie index, string key, string value)
    {
        if (!index.Add(key, value, 0))
        {
            complain($"'{key}' or '{value}' has letters beyond ASCII, which an index cannot hold.");
        }
    }
}
