using System.Text;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Repositories;

public sealed class MetadataTests
{
    private const string Primary = """
        <?xml version="1.0" encoding="UTF-8"?>
        <metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
        <package type="rpm">
          <name>hello</name><arch>x86_64</arch><version epoch="1" ver="2.0" rel="3.el9"/>
          <checksum type="sha256" pkgid="YES">AB01</checksum>
          <summary>Says &quot;hello&quot; &amp; more</summary><description>text with <b>unknown</b> elements</description>
          <novelty><name>not the name</name></novelty>
          <packager/><url>https://example.org</url>
          <time file="1" build="1700000000"/><size package="10" installed="20" archive="30"/>
          <location xml:base="https://example.org/" href="Packages/h/hello.rpm"/>
          <format>
            <rpm:license>MIT</rpm:license><rpm:vendor>Example</rpm:vendor><rpm:group>Unspecified</rpm:group><rpm:sourcerpm>hello-2.0-3.el9.src.rpm</rpm:sourcerpm>
            <rpm:header-range start="1" end="2"/>
            <rpm:provides><rpm:entry name="hello" flags="EQ" epoch="1" ver="2.0" rel="3.el9"/><rpm:entry name="config(hello)"/></rpm:provides>
            <rpm:requires>
              <rpm:entry name="bash" flags="GE" epoch="0" ver="5" pre="1"/><rpm:entry name="(a if b)"/><rpm:entry flags="EQ"/>
              <rpm:entry name="zsh" flags="LT" epoch="2" ver="1"/>
            </rpm:requires>
            <rpm:conflicts/>
            <rpm:recommends><rpm:entry name="docs"/></rpm:recommends>
            <file>/usr/bin/hello</file><file type="dir">/etc/hello</file>
          </format>
        </package>
        </metadata>
        """;

    [Fact]
    public void A_text_in_pieces_is_put_together()
    {
        var xml = Primary.Replace("<name>hello</name><arch>", "<name>\n he<!-- not this -->l<![CDATA[l]]>o </name><arch>", StringComparison.Ordinal);
        Assert.Equal("hello", PrimaryReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "primary")[0].Nevra.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<![CDATA[b]]>")]
    public void A_text_without_end_is_refused(string between)
    {
        var text = string.Concat(Enumerable.Repeat(new string('a', 1000) + between, 10_000));
        var xml = Primary.Replace("<name>hello</name>", $"<name>{text}</name>", StringComparison.Ordinal);
        Assert.Equal(RepositoryDiagnostics.Malformed.Code, Refusal.CodeOf(() => PrimaryReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "primary")));
    }

    [Fact]
    public void A_package_of_a_repository_is_read_whole()
    {
        var package = Assert.Single(ReadPrimary(Primary));

        Assert.Equal(new Nevra("hello", new Evr(1, "2.0", "3.el9"), "x86_64"), package.Nevra);
        Assert.Equal(("Says \"hello\" & more", "Example", "hello-2.0-3.el9.src.rpm"), (package.Summary, package.Vendor, package.SourceRpm));
        Assert.Equal((1_700_000_000L, 10L, 20L), (package.BuildTime, package.PackageSize, package.InstalledSize));
        Assert.Equal(("Packages/h/hello.rpm", "https://example.org/", "ab01", "sha256"), (package.Location, package.LocationBase, package.Checksum, package.ChecksumType));
        Assert.Equal([new Dependency("hello", DependencyFlags.Equal, new Evr(1, "2.0", "3.el9")), new Dependency("config(hello)")], package.Provides);
        Assert.Equal(
            [
                new Dependency("bash", DependencyFlags.Greater | DependencyFlags.Equal | DependencyFlags.Prerequisite, new Evr(0, "5", null)),
                new Dependency("(a if b)"),
                new Dependency("zsh", DependencyFlags.Less, new Evr(2, "1", null)),
            ],
            package.Requires);
        Assert.Empty(package.Conflicts);
        Assert.Equal([new Dependency("docs")], package.Recommends);
        Assert.Equal(["/usr/bin/hello", "/etc/hello"], package.Files);
    }

    [Fact]
    public void What_packages_have_in_common_is_kept_once()
    {
        var packages = ReadPrimary($"<metadata>{string.Concat(Enumerable.Repeat(
            """<package type="rpm"><name>a</name><arch>noarch</arch><version ver="1" rel="1"/><format><requires><entry name="b" flags="EQ" ver="2" rel="3"/></requires></format></package>""", 2))}</metadata>");

        Assert.Same(packages[0].Requires[0], packages[1].Requires[0]);
        Assert.Same(packages[0].Nevra.Architecture, packages[1].Nevra.Architecture);
    }

    [Theory]
    [InlineData("<package type=\"rpm\"><arch>noarch</arch><version ver=\"1\" rel=\"1\"/></package>")]
    [InlineData("<package type=\"rpm\"><name>a</name><version ver=\"1\" rel=\"1\"/></package>")]
    [InlineData("<package type=\"rpm\"><name>a</name><arch>noarch</arch></package>")]
    [InlineData("<package type=\"rpm\"><name>a</name><arch>noarch</arch><version rel=\"1\"/></package>")]
    [InlineData("<package type=\"rpm\"/>")]
    [InlineData("<package type=\"rpm\"><name>")]
    [InlineData("&unknown;")]
    public void A_package_that_lacks_what_it_cannot_do_without_is_refused(string package)
    {
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary($"<metadata>{package}</metadata>"));
    }

    [Fact]
    public void Document_types_are_neither_followed_nor_expanded()
    {
        const string Bomb = """
            <!DOCTYPE metadata [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
            """;

        Assert.Empty(ReadPrimary(Bomb + "<metadata/>"));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary(Bomb + "<metadata><package><name>&b;</name></package></metadata>"));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary(Bomb + "<metadata><package><name>&c;</name></package></metadata>"));
    }

    [Fact]
    public void Another_document_is_refused()
    {
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary("<filelists/>"));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary(""));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadPrimary("no XML"));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => PrimaryReader.Read(new MemoryStream([.. "<metadata>"u8, 0xff, .. "</metadata>"u8]), "primary.xml"));
    }

    [Fact]
    public void The_index_of_a_repository_is_read()
    {
        var index = ReadIndex("""
            <repomd xmlns="http://linux.duke.edu/metadata/repo">
              <revision> 1700000000 </revision>
              <tags><repo>x</repo></tags>
              <data type="primary">
                <checksum type="sha256">0000000000000000000000000000000000000000000000000000000000000001</checksum>
                <open-checksum type="sha">0000000000000000000000000000000000000002</open-checksum>
                <location xml:base="https://example.org/" href="repodata/primary.xml.gz"/>
                <timestamp>1700000001.5</timestamp><size>3</size><open-size>4</open-size><novelty><size>5</size></novelty>
              </data>
              <data type="group"><location href="repodata/comps.xml"/></data>
              <data><location href="repodata/untyped.xml"/></data>
              <data type="nowhere"/>
            </repomd>
            """);

        Assert.Equal("1700000000", index.Revision);
        Assert.Equal(1_700_000_001, index.Timestamp);
        Assert.Equal(["primary", "group"], index.Entries.Select(entry => entry.Type));
        Assert.Equal(("repodata/primary.xml.gz", "https://example.org/", 3L, 4L), (index.Entries[0].Location, index.Entries[0].LocationBase, index.Entries[0].Size, index.Entries[0].OpenSize));
        Assert.Equal((DigestAlgorithm.Sha256, false), (index.Entries[0].Checksum!.Algorithm, index.Entries[0].Checksum!.IsWeak));
        Assert.Equal((DigestAlgorithm.Sha1, true), (index.Entries[0].OpenChecksum!.Algorithm, index.Entries[0].OpenChecksum!.IsWeak));
        Assert.Equal("group", index.Find("group_gz", "group")!.Type);
        Assert.Null(index.Find("modules"));
    }

    [Fact]
    public void A_checksum_of_an_unknown_kind_is_refused()
    {
        Refusal.Of(RepositoryDiagnostics.Unsupported, () => ReadIndex("<repomd><data type=\"a\"><checksum type=\"crc32\">00</checksum></data></repomd>"));
        Refusal.Of(RepositoryDiagnostics.Unsupported, () => ReadIndex("<repomd><data type=\"a\"><checksum type=\"sha256\">00</checksum></data></repomd>"));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => ReadIndex("<metadata/>"));
    }

    [Fact]
    public void Owners_of_files_are_found()
    {
        var xml = """
            <filelists packages="2">
              <package pkgid="AA" name="a"><version/><file>/usr/bin/a</file><file type="dir">/usr/share/both</file></package>
              <package pkgid="bb" name="b"><file>/usr/bin/b</file><file type="dir">/usr/share/both</file><file>/usr/share/b&amp;c</file><file/></package>
            </filelists>
            """ + $"<!-- {new string(' ', 10)} -->";

        var owners = FileListsReader.FindOwners(
            Stream(xml), "filelists.xml", new HashSet<string> { "/usr/bin/b", "/usr/share/both", "/usr/share/b&c", "/missing" });

        Assert.Equal(["bb"], owners["/usr/bin/b"]);
        Assert.Equal(["aa", "bb"], owners["/usr/share/both"]);
        Assert.Equal(["bb"], owners["/usr/share/b&c"]);
        Assert.Equal(3, owners.Count);
        Refusal.Of(RepositoryDiagnostics.Malformed, () => FileListsReader.FindOwners(Stream("<filelists><package/></filelists>"), "f", new HashSet<string>()));
    }

    [Fact]
    public void Groups_and_environments_are_read_and_resolved()
    {
        var groups = GroupsReader.Read(
            Stream("""
                <!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">
                <comps>
                  <group><id>core</id><name>Core</name><name xml:lang="de">Kern</name><packagelist>
                    <packagereq type="mandatory">bash</packagereq><packagereq>glibc</packagereq><packagereq type="default"> dnf </packagereq>
                    <packagereq type="optional" basearchonly="true">docs</packagereq><packagereq type="conditional" requires="kde">kate</packagereq><packagereq/>
                  </packagelist></group>
                  <group><id>tools</id><name>Tools</name><packagelist><packagereq>bash</packagereq><packagereq>vim</packagereq></packagelist></group>
                  <environment><id>server</id><name>Server</name><grouplist><groupid>core</groupid><groupid>tools</groupid><groupid>gone</groupid></grouplist>
                    <optionlist><groupid default="true">extra</groupid></optionlist></environment>
                  <category><id>apps</id></category><langpacks/>
                </comps>
                """),
            "comps.xml");

        Assert.Equal(["bash", "glibc", "dnf", "docs", "kate"], groups.Resolve("core").Select(package => package.Name));
        Assert.Equal(
            [GroupPackageKind.Mandatory, GroupPackageKind.Mandatory, GroupPackageKind.Default, GroupPackageKind.Optional, GroupPackageKind.Conditional],
            groups.Resolve("core").Select(package => package.Kind));
        Assert.Equal(("kde", true), (groups.Resolve("core")[4].Requires, groups.Resolve("core")[3].BaseArchOnly));
        Assert.Equal(["bash", "vim"], groups.Resolve("TOOLS").Select(package => package.Name));
        Assert.Equal(["bash", "glibc", "dnf", "docs", "kate", "vim"], groups.Resolve("server").Select(package => package.Name));
        Assert.Equal(["extra"], groups.Environments[0].Options);
        Assert.Contains("core", Refusal.Of(RepositoryDiagnostics.UnknownGroup, () => groups.Resolve("cor")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_several_repositories_are_joined()
    {
        var one = GroupsReader.Read(Stream("<comps><group><id>core</id><packagelist><packagereq>a</packagereq></packagelist></group></comps>"), "1");
        var two = GroupsReader.Read(Stream("<comps><group><id>core</id><packagelist><packagereq>b</packagereq><packagereq>a</packagereq></packagelist></group></comps>"), "2");

        Assert.Equal(["a", "b"], RepositoryGroups.Merge([one, two]).Resolve("core").Select(package => package.Name));
    }

    [Fact]
    public void A_mirror_list_is_its_addresses()
    {
        var mirrors = MirrorList.Parse("# comment\nhttp://a.example.org/x/\n\nftp://b.example.org/\n  https://c.example.org/  \nnonsense\n"u8);

        Assert.Equal(["http://a.example.org/x/", "https://c.example.org/"], mirrors.Select(mirror => mirror.AbsoluteUri));
    }

    [Fact]
    public void A_metalink_tells_mirrors_by_preference_and_what_repomd_is_checked_by()
    {
        var current = "<repomd/>"u8.ToArray();
        var older = "<repomd />"u8.ToArray();
        var link = Metalink.Read(
            Stream($"""
                <metalink xmlns="http://www.metalinker.org/" xmlns:mm0="http://fedorahosted.org/mirrormanager"><files>
                  <file name="other"/>
                  <file name="repomd.xml"><size>{current.Length}</size>
                    <verification><hash type="md5">{Hex(DigestAlgorithm.Md5, current)}</hash><hash type="sha256">{Hex(DigestAlgorithm.Sha256, current)}</hash><hash type="tiger">00</hash></verification>
                    <mm0:alternates><mm0:alternate><size>1</size><verification><hash type="sha512">{Hex(DigestAlgorithm.Sha512, older)}</hash></verification></mm0:alternate></mm0:alternates>
                    <resources><url protocol="rsync" preference="100">rsync://r.example.org/repodata/repomd.xml</url>
                      <url preference="90">https://a.example.org/os/repodata/repomd.xml</url><url preference="95">http://b.example.org/os/repodata/repomd.xml</url></resources>
                  </file></files></metalink>
                """),
            "metalink");

        Assert.Equal(["http://b.example.org/os/", "https://a.example.org/os/"], link.Bases.Select(address => address.AbsoluteUri));
        Assert.Equal(current.Length, link.Size);
        Assert.Equal(DigestAlgorithm.Sha256, link.Checksums[0].Algorithm);
        Assert.True(link.IsAnnounced(current));
        Assert.True(link.IsAnnounced(older));
        Assert.False(link.IsAnnounced("<repomd>"u8));
        Refusal.Of(RepositoryDiagnostics.Malformed, () => Metalink.Read(Stream("<metalink/>"), "metalink"));
    }

    [Theory]
    [InlineData("hello", true)]
    [InlineData("hel*", true)]
    [InlineData("hell", false)]
    [InlineData("hello.x86_64", true)]
    [InlineData("hello.i686", false)]
    [InlineData("hello-2.0", true)]
    [InlineData("hello-2.0-3*", true)]
    [InlineData("hello-1:2.0-3.el9.x86_64", true)]
    [InlineData("hello-2.0-3.el9.x86_64", true)]
    [InlineData("h?llo-2.?-3.el9", true)]
    [InlineData("HELLO", false)]
    public void Packages_are_meant_by_name_or_more(string pattern, bool matches)
    {
        var packages = ReadPrimary(Primary);

        Assert.Equal(matches ? 1 : 0, new RepositoryFilter([pattern], []).Apply(packages).Count);
        Assert.Equal(matches ? 0 : 1, new RepositoryFilter([], [pattern]).Apply(packages).Count);
        Assert.Empty(new RepositoryFilter(["*"], ["*"]).Apply(packages));
    }

    private static IReadOnlyList<RepositoryPackage> ReadPrimary(string xml) => PrimaryReader.Read(Stream(xml), "primary.xml");

    private static RepositoryIndex ReadIndex(string xml) => RepositoryIndexReader.Read(Stream(xml), "repomd.xml");

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text.TrimStart()));

    private static string Hex(DigestAlgorithm algorithm, byte[] content) => Convert.ToHexStringLower(RunningDigest.Of(algorithm, content));
}
