using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>
/// Does the work of <c>ldconfig(8)</c>: links libraries by the names that programs ask for, and writes the cache that tells
/// the dynamic loader where they are, byte for byte as the image's own ldconfig would.
/// </summary>
/// <remarks>
/// The file <c>/var/cache/ldconfig/aux-cache</c> is not made: it tells by inode numbers which libraries ldconfig need not
/// read again, and no inode number in an image outlives its being unpacked.
/// </remarks>
/// <param name="tree">The image.</param>
/// <param name="facts">Reads the libraries.</param>
/// <param name="time">The modification time of what is made, in seconds since 1970.</param>
/// <param name="report">Takes what the tool would complain about.</param>
internal sealed class LibraryCacheBuilder(FileTree tree, IContentFacts facts, long time, Action<Diagnostic> report)
{
    /// <summary>The cache.</summary>
    public const string CachePath = "/etc/ld.so.cache";

    // Where distributions wrap the program in a script, it has the second name.
    private static readonly string[] Programs = ["/sbin/ldconfig.real", "/usr/sbin/ldconfig.real", "/sbin/ldconfig", "/usr/sbin/ldconfig"];

    /// <summary>Does the work. An image without an ldconfig has none done.</summary>
    public void Run(CancellationToken cancellation)
    {
        if (Array.ConvertAll(Programs, path => tree.Resolve(path)).FirstOrDefault(node => node?.Inode.Content is not null) is not { } file)
        {
            return;
        }

        var program = facts.Learn(new LdconfigProgramReader(), [file], cancellation)[file.Inode.Content!];
        if (!program.IsKnown)
        {
            report(SystemDatabaseDiagnostics.UnknownTool.At(null, file.Path, CachePath));
            return;
        }

        var folders = new LibraryFolders(tree, program, new ContentTexts(facts, cancellation));
        folders.Read();
        var scan = new LibraryFolderScan(tree, program);
        var known = LearnAll(scan, folders.Copy(), cancellation);
        var entries = new List<LibraryCacheEntry>();
        for (var i = 0; i < folders.All.Count; i++)
        {
            var folder = folders.All[i];

            // Once more, for by now a link in it may lead to one that has been made in an earlier folder.
            var (candidates, staleLinks) = scan.Run(folders, folder);
            staleLinks.ForEach(tree.Remove);
            entries.AddRange(Process(program, folder, candidates, known));
        }

        if (tree.TryResolvePath(CachePath, followLast: false, out var path))
        {
            tree.Put(path, Inode.Regular(FileContent.Of(LibraryCacheFile.Write(program, entries, folders.Capabilities))) with { ModificationTime = time });
        }
    }

    private Dictionary<FileContent, LibraryFact> LearnAll(LibraryFolderScan scan, LibraryFolders folders, CancellationToken cancellation)
    {
        var nodes = new List<FileNode>();
        for (var i = 0; i < folders.All.Count; i++)
        {
            nodes.AddRange(scan.Run(folders, folders.All[i]).Candidates.Select(candidate => candidate.Node));
        }

        return new(facts.Learn(new LibraryFactReader(), nodes, cancellation), ReferenceEqualityComparer.Instance);
    }

    private IEnumerable<LibraryCacheEntry> Process(LdconfigProgram program, LibraryFolder folder, List<LibraryCandidate> candidates, Dictionary<FileContent, LibraryFact> known)
    {
        foreach (var (content, fact) in facts.Learn(new LibraryFactReader(), candidates.Select(candidate => candidate.Node).Where(node => !known.ContainsKey(node.Inode.Content!)), CancellationToken.None))
        {
            known.Add(content, fact);
        }

        foreach (var candidate in candidates.Where(candidate => known[candidate.Node.Inode.Content!].IsTooLarge))
        {
            report(SystemDatabaseDiagnostics.Complaint.At(null, "ldconfig", $"'{candidate.Node.Path}' is too large for a library."));
        }

        foreach (var library in new LibrarySelection(program, known).Choose(folder, candidates))
        {
            if (folder.Capabilities is null && !library.IsLink)
            {
                LinkByName(program, folder, library);
            }

            yield return Describe(program, folder, library);
        }
    }

    private static LibraryCacheEntry Describe(LdconfigProgram program, LibraryFolder folder, SelectedLibrary library)
    {
        // By the name that is asked for, so that an update needs no new cache; but there are no such links among capabilities.
        var name = folder.Capabilities is null ? library.Soname : library.Name;
        return new LibraryCacheEntry(library.Soname, $"{folder.Path}/{name}", library.Flags)
        {
            Capabilities = folder.Capabilities,
            LegacyCapabilities = folder.Capabilities is null ? LegacyCapabilities.Of(program, folder.Path) : 0,
            KernelVersion = program.RecordsKernelVersions ? library.Fact.KernelVersion : 0,
            IsaLevel = library.Fact.IsaLevel,
        };
    }

    private void LinkByName(LdconfigProgram program, LibraryFolder folder, SelectedLibrary library)
    {
        if (library.Soname.Length is 0 or > ImagePath.MaxNameLength || library.Soname.Contains('/', StringComparison.Ordinal) || library.Soname is "." or "..")
        {
            report(SystemDatabaseDiagnostics.Complaint.At(null, "ldconfig", $"'{folder.Path}/{library.Name}' calls itself '{library.Soname}', which is no file's name."));
            return;
        }

        var path = ImagePath.Join(folder.Node.Path, library.Soname);
        var existing = tree.Find(path);
        if (tree.Resolve(path) is { } target)
        {
            if (IsSame(target, library.Node) || (program.LeavesDynamicLinker && LibraryNames.IsDynamicLinker(library.Soname)))
            {
                return;
            }

            if (!existing!.Inode.IsSymbolicLink)
            {
                report(SystemDatabaseDiagnostics.Complaint.At(null, "ldconfig", $"'{folder.Path}/{library.Soname}' is not a symbolic link to '{library.Name}'."));
                return;
            }
        }

        tree.Put(path, Inode.SymbolicLink(library.Name) with { ModificationTime = time });
    }

    private static bool IsSame(FileNode a, FileNode b) => a == b || (a.HardLinks is { } names && names.Contains(b));
}
