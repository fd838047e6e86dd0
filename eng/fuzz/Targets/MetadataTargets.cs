using NodeImage.Rpm.Repositories;

namespace NodeImage.Fuzz.Targets;

/// <summary><c>repomd.xml</c>.</summary>
internal sealed class IndexTarget : Target
{
    public override string Name => "index";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [.. """
            <repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision><data type="primary"><checksum type="sha">0000000000000000000000000000000000000001</checksum>
            <location href="repodata/primary.xml.gz"/><timestamp>1.5</timestamp><size>1</size><open-size>2</open-size></data></repomd>
            """u8],
        .. Real("repomd.xml"),
    ];

    public override void Read(byte[] input) => RepositoryIndexReader.Read(new MemoryStream(input), "fuzz");
}

/// <summary><c>primary.xml</c>.</summary>
internal sealed class PrimaryTarget : Target
{
    public override string Name => "primary";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [.. """
            <metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm"><package type="rpm"><name>a</name><arch>noarch</arch>
            <version epoch="0" ver="1" rel="2"/><checksum type="sha256" pkgid="YES">00</checksum><summary>&amp;</summary><size package="1" installed="2"/>
            <location href="a.rpm"/><format><rpm:requires><rpm:entry name="b" flags="GE" epoch="1" ver="2" rel="3" pre="1"/></rpm:requires><file type="dir">/etc</file></format>
            </package></metadata>
            """u8],
        .. Real("*primary.xml"),
    ];

    public override void Read(byte[] input) => PrimaryReader.Read(new MemoryStream(input), "fuzz");
}

/// <summary><c>filelists.xml</c>.</summary>
internal sealed class FileListsTarget : Target
{
    private static readonly HashSet<string> Paths = ["/usr/bin/a", "/opt"];

    public override string Name => "filelists";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [.. """<filelists><package pkgid="00" name="a"><version/><file>/usr/bin/a</file><file type="dir">/opt</file></package></filelists>"""u8], .. Real("*filelists.xml"),
    ];

    public override void Read(byte[] input) => FileListsReader.FindOwners(new MemoryStream(input), "fuzz", Paths);
}

/// <summary><c>comps.xml</c>.</summary>
internal sealed class GroupsTarget : Target
{
    public override string Name => "groups";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [.. """
            <!DOCTYPE comps PUBLIC "x" "comps.dtd"><comps><group><id>a</id><name>A</name><packagelist><packagereq type="default">b</packagereq></packagelist></group>
            <environment><id>e</id><grouplist><groupid>a</groupid></grouplist><optionlist><groupid>o</groupid></optionlist></environment></comps>
            """u8],
        .. Real("*comps*.xml"),
    ];

    public override void Read(byte[] input)
    {
        var groups = GroupsReader.Read(new MemoryStream(input), "fuzz");
        foreach (var environment in groups.Environments)
        {
            groups.Resolve(environment.Id);
        }
    }
}

/// <summary>Metalinks and mirror lists.</summary>
internal sealed class MetalinkTarget : Target
{
    public override string Name => "metalink";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [.. """
            <metalink xmlns="http://www.metalinker.org/" xmlns:mm0="x"><files><file name="repomd.xml"><size>1</size><verification><hash type="md5">00000000000000000000000000000001</hash>
            </verification><mm0:alternates><mm0:alternate><verification/></mm0:alternate></mm0:alternates><resources><url preference="9">http://a.example.org/repodata/repomd.xml</url>
            </resources></file></files></metalink>
            """u8],
        [.. "# mirrors\nhttp://a.example.org/\nhttps://b.example.org/x\n"u8],
        .. Real("metalink.xml", "mirrorlist"),
    ];

    public override void Read(byte[] input)
    {
        MirrorList.Parse(input);
        var link = Metalink.Read(new MemoryStream(input), "fuzz");
        _ = link.Bases.Count;
        link.IsAnnounced(input);
    }
}
