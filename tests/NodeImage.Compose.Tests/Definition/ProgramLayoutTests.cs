using NodeImage.Compose.Definition;

namespace NodeImage.Compose.Tests.Definition;

/// <summary>A published program comes into an image with all that it needs, and without what only its makers need.</summary>
public sealed class ProgramLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_single_file_is_the_program_itself()
    {
        Publish("tool", "tool.pdb", "tool.xml", "tool.dbg");
        var program = Assert.Single(Describe());
        Assert.Equal(("/usr/libexec/tool", 0b111_101_101), (program.Path, program.Mode));
    }

    [Fact]
    public void Several_files_are_a_folder_of_the_programs_name()
    {
        Publish("tool", "tool.dll", "tool.runtimeconfig.json", "tool.pdb", "tool.xml", "de/tool.resources.dll");
        Assert.Equal(["/usr/libexec/tool/de/tool.resources.dll", "/usr/libexec/tool/tool", "/usr/libexec/tool/tool.dll", "/usr/libexec/tool/tool.runtimeconfig.json"], Describe().Select(entry => entry.Path));
    }

    [Fact]
    public void XML_that_documents_nothing_is_the_programs_own()
    {
        Publish("tool", "tool.dll", "rules.xml", "data/tool.xml");
        Assert.Equal(["/usr/libexec/tool/data/tool.xml", "/usr/libexec/tool/rules.xml"], Describe().Select(entry => entry.Path).Where(path => path.EndsWith(".xml", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_not_published_brings_nothing() => Assert.Empty(Describe());

    private void Publish(params string[] files)
    {
        foreach (var file in files)
        {
            _folder.Write(Path.Combine("published", file), [1]);
        }
    }

    private IReadOnlyList<OverlayEntry> Describe() => ProgramLayout.Describe(_folder["published"], _folder.Root, "/usr/libexec/tool");
}
