namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>How modules and what they answer to are spelled: <c>shared/util.c</c> of kmod.</summary>
internal static class ModuleNames
{
    private const int MaxLength = 4095;

    /// <summary>The name of a module by its path: up to the first dot, with underscores for dashes.</summary>
    public static string OfPath(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? name : name[..dot]).Replace('-', '_');
    }

    /// <summary>An alias with underscores for dashes, except for those in brackets.</summary>
    /// <returns>The alias, or null where a bracket has no counterpart.</returns>
    public static string? NormalizeAlias(string alias)
    {
        var normalized = alias.ToCharArray(0, Math.Min(alias.Length, MaxLength));
        for (var i = 0; i < normalized.Length; i++)
        {
            switch (normalized[i])
            {
                case '-':
                    normalized[i] = '_';
                    break;
                case ']':
                    return null;
                case '[':
                    i = Array.IndexOf(normalized, ']', i);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
                default:
                    break;
            }
        }

        return new string(normalized);
    }
}
