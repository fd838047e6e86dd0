using System.Collections.Concurrent;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>
/// Does the work of <c>systemd-hwdb(8)</c>: compiles what <c>hwdb.d</c> knows of devices into one file, byte for byte as the
/// image's own systemd would.
/// </summary>
/// <param name="tree">The image.</param>
/// <param name="facts">Tells the version of the image's program.</param>
/// <param name="time">The modification time of what is made, in seconds since 1970.</param>
/// <param name="report">Takes what the tool would complain about.</param>
internal sealed class HardwareDatabaseBuilder(FileTree tree, IContentFacts facts, long time, Action<Diagnostic> report)
{
    /// <summary>The machine's database.</summary>
    public const string MachinePath = "/etc/udev/hwdb.bin";

    /// <summary>The vendor's database.</summary>
    public const string VendorPath = "/usr/lib/udev/hwdb.bin";

    private const string Tool = "systemd-hwdb";
    private const string Extension = ".hwdb";
    private const int Mode = 0b100_100_100;
    private const int MaxFileSize = 64 << 20;
    private const long MaxTotalSize = 256 << 20;

    private static readonly string[] Programs = ["/usr/bin/systemd-hwdb", "/bin/systemd-hwdb"];
    private static readonly string[] Folders = ["/etc/udev/hwdb.d", "/usr/lib/udev/hwdb.d"];

    /// <summary>Does the work. An image without the program has none done; where there is nothing to compile, an old database goes.</summary>
    /// <param name="request">Which database.</param>
    /// <param name="cancellation">Stops reading.</param>
    public void Run(HardwareDatabaseRequest request, CancellationToken cancellation)
    {
        var path = request.InUsr ? VendorPath : MachinePath;
        if (Array.ConvertAll(Programs, name => tree.Resolve(name)).FirstOrDefault(node => node?.Inode.Content is not null) is not { } program)
        {
            return;
        }

        var version = facts.Learn(new HwdbProgramReader(), [program], cancellation)[program.Inode.Content!].Version;
        if (version == 0)
        {
            report(SystemDatabaseDiagnostics.UnknownTool.At(null, program.Path, path));
            return;
        }

        var files = FindFiles();
        if (files.Count == 0)
        {
            tree.Remove(path);
        }
        else if (files.Sum(file => file.Node?.Inode.Content?.Length ?? 0) > MaxTotalSize)
        {
            report(SystemDatabaseDiagnostics.GivenUp.At(null, Tool, "there is too much in hwdb.d.", path));
        }
        else if (tree.TryResolvePath(path, followLast: false, out var place))
        {
            var inputs = files.Select(file => $"{file.Path}\0{file.Node?.Inode.Content?.Identity}").Prepend($"{version} {request.HasSources}");
            var compiled = CompiledHardwareDatabase.Read(facts.Recall(CompiledHardwareDatabase.Kind, string.Join('\n', inputs), () => Compile(files, version, request, cancellation).Write()));
            foreach (var complaint in compiled.Complaints)
            {
                report(SystemDatabaseDiagnostics.Complaint.At(null, Tool, complaint));
            }

            tree.Put(place, Inode.Regular(FileContent.Of(compiled.Database), Mode) with { ModificationTime = time });
        }
    }

    // By name; of several that have the same, the machine's own counts.
    private List<(string Path, FileNode? Node)> FindFiles() =>
    [
        .. Folders.Select(folder => tree.Resolve(folder)).OfType<FileNode>().SelectMany(folder => folder.Children)
            .Where(node => node.Name.EndsWith(Extension, StringComparison.Ordinal) && node.Name[0] != '.' && !node.Inode.IsDirectory)
            .DistinctBy(node => node.Name, StringComparer.Ordinal)
            .OrderBy(node => node.Name, StringComparer.Ordinal)
            .Take(ushort.MaxValue)
            .Select(node => (node.Path, tree.Resolve(node.Path))),
    ];

    private static CompiledHardwareDatabase Compile(List<(string Path, FileNode? Node)> files, int version, HardwareDatabaseRequest request, CancellationToken cancellation)
    {
        var contents = new ConcurrentDictionary<FileContent, byte[]>(ReferenceEqualityComparer.Instance);
        var wanted = files.Select(file => file.Node?.Inode.Content).OfType<FileContent>().Distinct(ReferenceEqualityComparer.Instance).Cast<FileContent>();
        ContentPass.Read(wanted, (content, stream) => contents[content] = ReadAll(stream), cancellation);

        var strings = new HwdbStrings();
        var trie = new HwdbTrie(strings);
        var complaints = new List<string>();
        var reader = new HwdbReader(trie, strings, request.HasSources, complaints.Add);
        for (var i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (files[i].Node?.Inode.Content is { } content)
            {
                reader.Read(files[i].Path, (ushort)(i + 1), contents[content]);
            }
        }

        return new CompiledHardwareDatabase(trie.Write((ulong)version, request.HasSources), complaints);
    }

    private static byte[] ReadAll(Stream content)
    {
        using var buffer = new ForwardBuffer(content, MaxFileSize);
        return buffer.ReadAll().ToArray();
    }
}
