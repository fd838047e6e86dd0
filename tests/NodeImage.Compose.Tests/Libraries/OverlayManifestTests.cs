using NodeImage.Compose.Definition;
using NodeImage.Compose.Libraries;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Libraries;

/// <summary>An overlay comes out of a library as it went in; a list that makes no sense is refused, whoever made the package.</summary>
public sealed class OverlayManifestTests : IDisposable
{
    private const string Digest = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Senseless { get; } =
    [
        """{"version": 1}""",
        """{"version": 1, "entries": null}""",
        """{"version": 2, "entries": []}""",
        """[]""",
        """null""",
        """not json""",
        """{"version": 1, "entries": [null]}""",
        Entry("""  "type": "Directory", "mode": 493, "owner": "root", "group": "root" """),
        Entry("""  "path": null, "type": "Directory", "mode": 493, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc", "type": "Directory", "mode": 493, "owner": null, "group": "root" """),
        Entry("""  "path": "etc", "type": "Directory", "mode": 493, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc/../root", "type": "Directory", "mode": 493, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc//x", "type": "Directory", "mode": 493, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc", "type": "Directory", "mode": 65536, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc", "type": "Directory", "mode": -1, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc", "type": "CharacterDevice", "mode": 438, "owner": "root", "group": "root" """),
        Entry("""  "path": "/etc", "type": "Other", "mode": 438, "owner": "root", "group": "root" """),
        Entry("""  "path": "/l", "type": "SymbolicLink", "mode": 511, "owner": "root", "group": "root" """),
        Entry("""  "path": "/l", "type": "SymbolicLink", "mode": 511, "owner": "root", "group": "root", "target": "" """),
        Entry("""  "path": "/f", "type": "Regular", "mode": 420, "owner": "root", "group": "root", "size": 3 """),
        Entry("""  "path": "/f", "type": "Regular", "mode": 420, "owner": "root", "group": "root", "digest": "DIGEST" """),
        Entry("""  "path": "/f", "type": "Regular", "mode": 420, "owner": "root", "group": "root", "size": -3, "digest": "DIGEST" """),
        Entry("""  "path": "/f", "type": "Regular", "mode": 420, "owner": "root", "group": "root", "size": 3, "digest": "sha256:../../../etc/shadow" """),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        File.WriteAllText(_folder["tool"], "foo");
        var entries = new[]
        {
            new OverlayEntry("/usr/bin", FileType.Directory, 0b111_101_101),
            new OverlayEntry("/usr/bin/link", FileType.SymbolicLink, 0b111_111_111) { LinkTarget = "tool" },
            new OverlayEntry("/usr/bin/tool", FileType.Regular, 0b100_111_101_101) { File = new SourceFile("tool", 3, Digest), Owner = "kubelet", Group = "801" },
        };
        var list = _folder["library/x" + OverlayManifest.Extension];
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        OverlayManifest.Write([.. entries], _folder.Root, list);

        var read = OverlayManifest.Read(list);
        Assert.Equal(entries.Select(entry => entry with { File = null }), read.Select(entry => entry with { File = null }));
        Assert.Equal("foo", File.ReadAllText(read[2].File!.Path));
        Assert.Equal((3, Digest), (read[2].File!.Size, read[2].File!.Digest));
    }

    [Fact]
    public void A_sound_entry_of_each_type_is_read()
    {
        // What makes the lists below senseless is therefore the one thing that each of them has wrong.
        Assert.Single(Read(Entry("""  "path": "/etc", "type": "Directory", "mode": 493, "owner": "root", "group": "root" """)));
        Assert.Single(Read(Entry("""  "path": "/l", "type": "SymbolicLink", "mode": 511, "owner": "root", "group": "root", "target": "x" """)));
        Assert.Single(Read(Entry("""  "path": "/f", "type": "Regular", "mode": 420, "owner": "root", "group": "root", "size": 3, "digest": "DIGEST" """)));
    }

    [Theory]
    [MemberData(nameof(Senseless))]
    public void A_list_that_makes_no_sense_is_refused(string list) => Assert.Throws<InvalidDataException>(() => Read(list));

    private static string Entry(string properties) => $$"""{"version": 1, "entries": [{{{properties.Replace("DIGEST", Digest, StringComparison.Ordinal)}}}]}""";

    private IReadOnlyList<OverlayEntry> Read(string list)
    {
        var path = _folder["hostile" + OverlayManifest.Extension];
        File.WriteAllText(path, list);
        return OverlayManifest.Read(path);
    }
}
