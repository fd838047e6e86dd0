namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>Sorts modules as the kernel's build has listed them in <c>modules.order</c>: <c>depmod_modules_sort</c> in <c>tools/depmod.c</c> of kmod.</summary>
internal static class ModuleOrder
{
    // kmod reads lines in pieces of this size, and gives up on a longer one.
    private const int MaxLine = 4095;

    /// <summary>Sorts.</summary>
    /// <param name="modules">The modules, in the order of kmod's table; those that are not listed stay in it, behind all others.</param>
    /// <param name="list">The list, or null where there is none.</param>
    /// <param name="program">The image's depmod.</param>
    public static ModuleFile[] Sort(ModuleFile[] modules, string? list, KmodProgram program)
    {
        if (list is null || (list.Length > 0 && !list.EndsWith('\n')))
        {
            return modules;
        }

        var lines = list.Split('\n')[..^1];
        if (Array.Exists(lines, line => line.Length >= MaxLine))
        {
            return modules;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!program.WritesRootFirst)
            {
                places[lines[i]] = i;
            }
            else
            {
                places.TryAdd(lines[i], i);
            }
        }

        return [.. modules.OrderBy(module => module.Path.StartsWith('/') ? int.MaxValue : places.GetValueOrDefault(module.ListedPath, int.MaxValue))];
    }
}
