using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>
/// Does the work of <c>depmod(8)</c>: writes the indexes of a kernel's modules, byte for byte as the image's own depmod would.
/// </summary>
/// <param name="tree">The image.</param>
/// <param name="facts">Reads the modules.</param>
/// <param name="time">The modification time of what is made, in seconds since 1970.</param>
/// <param name="report">Takes what the tool would complain about.</param>
internal sealed class ModuleIndexBuilder(FileTree tree, IContentFacts facts, long time, Action<Diagnostic> report)
{
    private const string Tool = "depmod";

    private static readonly string[] Programs = ["/sbin/depmod", "/usr/sbin/depmod", "/usr/bin/depmod"];

    /// <summary>Does the work for one kernel. An image without a depmod, or without that kernel, has none done.</summary>
    /// <param name="kernelRelease">The kernel's release, as <c>uname -r</c> gives it.</param>
    /// <param name="cancellation">Stops reading.</param>
    public void Run(string kernelRelease, CancellationToken cancellation)
    {
        if (Array.ConvertAll(Programs, path => tree.Resolve(path)).FirstOrDefault(node => node?.Inode.Content is not null) is not { } file
            || !IsRelease(kernelRelease)
            || !ImagePath.TryNormalize("/lib/modules/" + kernelRelease, out var path)
            || tree.Resolve(path) is not { Inode.IsDirectory: true } folder)
        {
            return;
        }

        var program = facts.Learn(new KmodProgramReader(), [file], cancellation)[file.Inode.Content!];
        if (program.Version == 0)
        {
            report(SystemDatabaseDiagnostics.UnknownTool.At(null, file.Path, ImagePath.Join(path, "modules.dep")));
            return;
        }

        var texts = new ContentTexts(facts, cancellation);
        texts.Prefetch(folder.Children.Where(node => node.Name is "modules.order" or "modules.builtin" or "modules.builtin.modinfo"));
        var configuration = DepmodConfiguration.Read(tree, program, texts, kernelRelease);
        var found = new ModuleSearch(tree, program, configuration).Run(folder);
        var modules = ModuleOrder.Sort(found, ReadText(texts, folder, "modules.order"), program);
        var known = facts.Learn(new ModuleFactReader(), modules.Select(module => module.Node), cancellation);
        var moduleFacts = Array.ConvertAll(modules, module => known[module.Node.Inode.Content!]);
        foreach (var (module, _) in modules.Zip(moduleFacts).Where(pair => !pair.Second.IsModule))
        {
            Complain($"'{module.Node.Path}' is no kernel module.");
        }

        if (ModuleGraph.Make(modules, moduleFacts, out var circle) is not { } graph)
        {
            var reason = $"modules need one another in a circle ({string.Join(", ", circle.Take(8))}{(circle.Count > 8 ? ", ..." : "")}).";
            report(SystemDatabaseDiagnostics.GivenUp.At(null, Tool, reason, ImagePath.Join(folder.Path, "modules.dep")));
            return;
        }

        Write(graph, program, texts, folder);
    }

    // Two numbers in front, as the tool asks for; and one name, lest it lead elsewhere.
    private static bool IsRelease(string text) =>
        text.Split('.') is [var major, var minor, ..] && major.Length > 0 && major.All(char.IsAsciiDigit) && minor.Length > 0 && char.IsAsciiDigit(minor[0])
        && !text.Contains('/', StringComparison.Ordinal);

    private void Write(ModuleGraph graph, KmodProgram program, ContentTexts texts, FileNode folder)
    {
        var lists = new ModuleLists(graph, program, Complain);
        var builtin = new BuiltinLists(program, Complain);
        PutPair(folder, "modules.dep", lists.Dependencies());
        PutPair(folder, "modules.alias", lists.Aliases());
        Put(folder, "modules.softdep", ByteText.ToBytes(lists.SoftDependencies()));
        if (program.HasWeakDependencies)
        {
            Put(folder, "modules.weakdep", ByteText.ToBytes(lists.WeakDependencies()));
        }

        PutPair(folder, "modules.symbols", lists.Symbols());
        Put(folder, "modules.builtin.bin", builtin.Names(ReadText(texts, folder, "modules.builtin")));
        Put(folder, "modules.builtin.alias.bin", builtin.Aliases(ReadText(texts, folder, "modules.builtin.modinfo")));
        Put(folder, "modules.devname", ByteText.ToBytes(lists.DeviceNames()));
    }

    private string? ReadText(ContentTexts texts, FileNode folder, string name) =>
        tree.Resolve(ImagePath.Join(folder.Path, name)) is { } node && texts.Read(node) is { } bytes ? ByteText.Of(bytes.Span) : null;

    private void PutPair(FileNode folder, string name, (string Text, byte[] Index) content)
    {
        Put(folder, name, ByteText.ToBytes(content.Text));
        Put(folder, name + ".bin", content.Index);
    }

    private void Put(FileNode folder, string name, byte[] content) =>
        tree.Put(ImagePath.Join(folder.Path, name), Inode.Regular(FileContent.Of(content)) with { ModificationTime = time });

    private void Complain(string message) => report(SystemDatabaseDiagnostics.Complaint.At(null, Tool, message));
}
