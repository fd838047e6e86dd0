using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Passes;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Lays overlays, programs and kernel arguments over the tree, with modes and owners of their own.</summary>
internal sealed class ContentSection : IContainerfileSection
{
    private const string Folder = "content";

    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var lines = new List<string>();
        foreach (var entry in Effective(plan.Definition))
        {
            lines.Add(Put(plan, entry, output));
        }

        if (KernelArgumentsPass.File(plan.Definition) is { } arguments)
        {
            output.AddText(Folder + arguments.Path, arguments.Text);
            lines.Add($"put_file 0644 root root {Quoting.Shell(Folder + arguments.Path)} {Quoting.Shell(arguments.Path)}");
        }

        if (lines.Count > 0)
        {
            output.Comment("Overlays, programs and kernel arguments.");
            output.AddStep("put-content.sh", ["files.sh"], "Puts the project's files into the image.", lines);
            output.RunStep("put-content.sh", seesBase: false);
        }
    }

    // Overlays are laid one over the other: of a file that several have, the last is seen.
    private static IEnumerable<OverlayEntry> Effective(ImageDefinition definition)
    {
        var all = definition.Overlays.SelectMany(overlay => overlay.Entries).ToList();
        var last = new Dictionary<string, OverlayEntry>(StringComparer.Ordinal);
        foreach (var entry in all)
        {
            last[entry.Path] = entry;
        }

        return all.Where(entry => entry.Type == FileType.Directory || ReferenceEquals(last[entry.Path], entry));
    }

    private static string Put(ContainerfilePlan plan, OverlayEntry entry, ContainerfileBuilder output)
    {
        var (owner, group, path) = (Quoting.Shell(entry.Owner), Quoting.Shell(entry.Group), Quoting.Shell(entry.Path));
        var mode = Convert.ToString(entry.Mode, 8).PadLeft(4, '0');
        switch (entry.Type)
        {
            case FileType.Directory:
                return $"put_folder {mode} {owner} {group} {path}";
            case FileType.SymbolicLink:
                return $"put_link {owner} {group} {Quoting.Shell(entry.LinkTarget!)} {path}";
            default:
                var source = Folder + SourceName(entry.Path);
                output.AddFile(source, new ContextFile(entry.File!.Open(plan.ProjectFolder), (entry.Mode & 0b001_001_001) != 0));
                return $"put_file {mode} {owner} {group} {Quoting.Shell(source)} {path}";
        }
    }

    // Names that would be hidden or refused on some machine's disk, or by what looks for ignored files, are spelled out.
    private static string SourceName(string path) => string.Join('/', path.Split('/').Select(name => name is "" ? "" : Spell(name)));

    private static string Spell(string name)
    {
        var safe = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            safe.Append(b is < 0x20 or 0x7f or (byte)'%' or (byte)'\\' or (byte)':' or (byte)'*' or (byte)'?' or (byte)'"' or (byte)'<' or (byte)'>' or (byte)'|' or >= 0x80
                ? FormattableString.Invariant($"%{b:x2}")
                : ((char)b).ToString());
        }

        return safe.ToString();
    }
}
