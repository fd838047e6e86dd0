using System.Security.Cryptography;
using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Metadata;
using NodeImage.Compose.Tests.Support;
using NodeImage.Compose.Units;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Metadata;

/// <summary>The input hash is made of just the bytes that docs/metadata.md lists.</summary>
public sealed class InputHashTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("nodeimage-test-");

    [Fact]
    public void Of_nothing_it_is_the_digest_of_nothing() => Assert.Equal(Sha256Digest.Of([]), Hash(definition => definition));

    [Fact]
    public void Files_count_by_content_and_whether_they_can_be_run_and_links_by_target()
    {
        var overlay = Overlay(
            new OverlayEntry("/z", FileType.Regular, 0b110_100_100) { File = File("z", "last") },
            new OverlayEntry("/a", FileType.Directory, 0b111_101_101),
            new OverlayEntry("/a/run", FileType.Regular, 0b111_101_101) { File = File("run", "#!") },
            new OverlayEntry("/a-link", FileType.SymbolicLink, 0b111_111_111) { LinkTarget = "a/run" });
        byte[] expected = [.. "a/run"u8, .. Digest("#!"), 1, .. Digest("last"), 0];
        Assert.Equal(Sha256Digest.Of(expected), Hash(definition => definition with { Overlays = [overlay] }));
    }

    [Fact]
    public void Overlays_come_in_their_order_then_units_then_scripts_as_they_are()
    {
        var first = Overlay(new OverlayEntry("/b", FileType.Regular, 0b110_100_100) { File = File("b", "b") });
        var second = Overlay(new OverlayEntry("/a", FileType.Regular, 0b110_100_100) { File = File("a", "a") });
        var unit = new UnitDefinition("own.service", File("own.service", "[Unit]"), UnitState.Enabled, UnitScope.System, null);
        var dropIn = new UnitDefinition("10-own.conf", File("10-own.conf", "[Service]"), UnitState.Preset, UnitScope.System, "other.service");
        var script = new ScriptDefinition(File("script.sh", "exit 0\n"), "/bin/sh");
        byte[] expected = [.. Digest("b"), 0, .. Digest("a"), 0, .. Digest("[Service]"), 0, .. Digest("[Unit]"), 0, .. "exit 0\n"u8];
        Assert.Equal(
            Sha256Digest.Of(expected),
            Hash(definition => definition with { Overlays = [first, second], Units = [unit, dropIn], PostProcessScripts = [script] }));
    }

    [Fact]
    public void Labels_are_a_file_only_where_both_names_are_known()
    {
        FileTree Apply(MetadataSettings settings)
        {
            var tree = new FileTree();
            new LabelsFilePass().Apply(PassContexts.Of(tree, definition: PassContexts.Definition() with { Metadata = settings }));
            return tree;
        }

        Assert.Null(Apply(new MetadataSettings { Cpe = "cpe:/a:x:y:1" }).Find("/usr/share/buildinfo/labels.json"));
        Assert.Null(Apply(new MetadataSettings { CatalogName = "x/y" }).Find("/usr/share/buildinfo/labels.json"));
        var text = Apply(new MetadataSettings { Cpe = "cpe:/a:x:y:1", CatalogName = "x/y" }).Find("/usr/share/buildinfo/labels.json")!.Inode.Content!.ReadText();
        Assert.Equal("{\n  \"architecture\": \"amd64\",\n  \"cpe\": \"cpe:/a:x:y:1\",\n  \"name\": \"x/y\",\n  \"org.opencontainers.image.created\": \"2023-11-14T22:13:20Z\"\n}\n", text);
    }

    public void Dispose() => _project.Delete(recursive: true);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static OverlayDefinition Overlay(params OverlayEntry[] entries) => new(new OverlayItem("Overlay", "overlay"), [.. entries]);

    private SourceFile File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(_project.FullName, name), text);
        return SourceFiles.Describe(name, _project.FullName)!;
    }

    private Sha256Digest Hash(Func<ImageDefinition, ImageDefinition> change)
    {
        var request = new ComposeRequest(change(PassContexts.Definition()), new RpmLock { Request = "" }, null)
        {
            ProjectFolder = _project.FullName,
            OutputFolder = _project.FullName,
            ScratchFolder = _project.FullName,
            Report = _ => { },
        };
        return InputHash.Of(request, []);
    }
}
