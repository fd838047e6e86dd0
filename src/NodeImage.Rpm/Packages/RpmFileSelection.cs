namespace NodeImage.Rpm.Packages;

/// <summary>
/// Which files of a package are installed, by the rules of rpm (<c>skipInstallFiles</c> in <c>lib/transaction.c</c>).
/// </summary>
public sealed record RpmFileSelection
{
    private const RpmFileState Left = RpmFileState.NotInstalled;

    /// <summary>Whether documentation is installed.</summary>
    public bool IncludeDocumentation { get; init; } = true;

    /// <summary>The locales whose files are installed, such as <c>en_US</c>; null for all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>The architectures that binaries may be for, as <c>%_transaction_color</c>; 0 for any.</summary>
    public int Color { get; init; }

    /// <summary>Says what becomes of each file.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The state of each, in the list's order. Licences are never left out; a directory that is left empty is.</returns>
    public RpmFileState[] Apply(RpmFileList files)
    {
        var states = new RpmFileState[files.Count];
        var remaining = new int[files.Directories.Count];
        var thinned = new bool[files.Directories.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = StateOf(files[i]);
            if (states[i] == RpmFileState.Normal)
            {
                remaining[files[i].DirectoryIndex]++;
            }
            else
            {
                thinned[files[i].DirectoryIndex] = true;
            }
        }

        LeaveEmptied(files, states, remaining, thinned);
        return states;
    }

    // Deeper folders come later in the list, so that the last ones are looked at first.
    private static void LeaveEmptied(RpmFileList files, RpmFileState[] states, int[] remaining, bool[] thinned)
    {
        for (var i = files.Directories.Count - 1; i >= 0; i--)
        {
            if (remaining[i] != 0 || !thinned[i])
            {
                continue;
            }

            var path = files.Directories[i].AsSpan()[..^Math.Min(1, files.Directories[i].Length)];
            foreach (var file in files)
            {
                if (states[file.Index] == RpmFileState.Normal && file.IsDirectory && path.SequenceEqual(file.Path))
                {
                    states[file.Index] = Left;
                    remaining[file.DirectoryIndex]--;
                    thinned[file.DirectoryIndex] = true;
                    break;
                }
            }
        }
    }

    private RpmFileState StateOf(RpmFileEntry file)
    {
        if (Color != 0 && file.Color != 0 && (Color & file.Color) == 0)
        {
            return RpmFileState.WrongColor;
        }

        if ((file.Flags & RpmFileFlags.License) != 0)
        {
            return RpmFileState.Normal;
        }

        var isDocumentation = (file.Flags & RpmFileFlags.Doc) != 0;
        return (isDocumentation && !IncludeDocumentation) || IsForeign(file.Languages) ? Left : RpmFileState.Normal;
    }

    // A locale that is wanted stands for its language as well: en_US for files in en.
    private bool IsForeign(string languages)
    {
        if (Languages is null || languages.Length == 0)
        {
            return false;
        }

        foreach (var range in languages.AsSpan().Split('|'))
        {
            var language = languages.AsSpan()[range];
            foreach (var wanted in Languages)
            {
                if (!language.IsEmpty && wanted.AsSpan().StartsWith(language, StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
