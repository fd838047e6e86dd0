using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>A library of a folder: the newest of those that go by one name.</summary>
internal sealed class SelectedLibrary
{
    /// <summary>The name that it is asked for by.</summary>
    public required string Soname { get; init; }

    /// <summary>The file's name.</summary>
    public required string Name { get; set; }

    /// <summary>The file.</summary>
    public required FileNode Node { get; set; }

    /// <summary>Whether it is a link by the very name that is asked for.</summary>
    public required bool IsLink { get; set; }

    /// <summary>What it is for.</summary>
    public required int Flags { get; set; }

    /// <summary>What was learnt of it.</summary>
    public required LibraryFact Fact { get; set; }
}

/// <summary>Chooses among the libraries of a folder: the second half of <c>search_dir</c> in <c>elf/ldconfig.c</c>.</summary>
/// <param name="program">The image's ldconfig.</param>
/// <param name="facts">What is known of the files.</param>
internal sealed class LibrarySelection(LdconfigProgram program, IReadOnlyDictionary<FileContent, LibraryFact> facts)
{
    /// <summary>Chooses.</summary>
    /// <returns>The libraries, each name once.</returns>
    public IReadOnlyCollection<SelectedLibrary> Choose(LibraryFolder folder, IEnumerable<LibraryCandidate> candidates)
    {
        var chosen = new Dictionary<string, SelectedLibrary>(StringComparer.Ordinal);
        var order = new List<SelectedLibrary>();
        foreach (var candidate in candidates)
        {
            var fact = facts[candidate.Node.Inode.Content!];
            if (LibraryFlags.Of(program, fact) is not { } flags)
            {
                continue;
            }

            if (flags == (int)LibraryType.Elf && folder.Type is LibraryType.Libc5 or LibraryType.Libc6)
            {
                flags = (int)folder.Type;
            }

            var soname = fact.Soname ?? candidate.Name;
            var isLink = candidate.IsLink && StandsFor(candidate.Name, soname);
            soname = isLink ? candidate.Name : soname;
            if (!chosen.TryGetValue(soname, out var rival))
            {
                rival = new SelectedLibrary { Soname = soname, Name = candidate.Name, Node = candidate.Node, IsLink = isLink, Flags = flags, Fact = fact };
                chosen.Add(soname, rival);
                order.Add(rival);
            }
            else if ((!isLink && rival.IsLink) || (isLink == rival.IsLink && IsOlder(rival.Name, candidate.Name)))
            {
                // The tool keeps the first one's flags where the two are for different machines, and warns; which one is the
                // first is up to the file system.
                (rival.Name, rival.Node, rival.IsLink, rival.Flags, rival.Fact) = (candidate.Name, candidate.Node, isLink, flags, fact);
            }
        }

        // The tool keeps its list by adding in front.
        order.Reverse();
        return order;
    }

    // A link is taken for what it stands for only by the library's own name, or by the one that ld(1) looks for.
    private static bool StandsFor(string name, string soname) =>
        name == soname || (name.EndsWith(".so", StringComparison.Ordinal) && soname.StartsWith(name, StringComparison.Ordinal));

    private bool IsOlder(string name, string other) =>
        LibraryNames.Compare(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(other), program.HasSignedChar) < 0;
}
