using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Packages;

public sealed class FileListTests
{
    [Fact]
    public void Every_attribute_of_a_file_is_read()
    {
        var files = new RpmBuilder
        {
            Files =
            [
                TestFile.Directory("/usr/bin"),
                TestFile.Regular("/usr/bin/ping", "ping") with { User = "net", Group = "wheel", Capabilities = "cap_net_raw=ep", Mode = 0x89ed, Color = 2 },
                TestFile.Link("/usr/bin/ping6", "ping"),
                TestFile.Ghost("/var/log/ping"),
                TestFile.Regular("/usr/share/doc/ping/de", "x") with { Flags = RpmFileFlags.Doc, Languages = "de|de_AT", Time = 7 },
                new TestFile("/dev/ping", [], 0x2180) { Device = 0x0a83 },
            ],
        }.Open().Info.Files;

        var ping = files[1];
        Assert.Equal(("/usr/bin/ping", 0x89ed, "net", "wheel", 4L), (ping.Path, ping.Mode, ping.User, ping.Group, ping.Size));
        Assert.Equal(("cap_net_raw=ep", 2, uint.MaxValue, true), (ping.Capabilities, ping.Color, ping.VerifyFlags, ping.HasContent));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("ping"u8), ping.Digest.ToArray());
        Assert.Equal(DigestAlgorithm.Sha256, files.DigestAlgorithm);
        Assert.True(files[0].IsDirectory);
        Assert.Equal((true, "ping", false), (files[2].IsSymbolicLink, files[2].LinkTarget, files[2].HasContent));
        Assert.True(files[3].IsGhost);
        Assert.Equal((RpmFileFlags.Doc, "de|de_AT", 7L), (files[4].Flags, files[4].Languages, files[4].ModificationTime));
        Assert.Equal((10, 0x83), (files[5].DeviceMajor, files[5].DeviceMinor));
        Assert.Equal(["/usr/", "/usr/bin/", "/var/log/", "/usr/share/doc/ping/", "/dev/"], files.Directories);
        Assert.Equal([0, 1, 1, 2, 3, 4], files.Select(file => file.DirectoryIndex));
    }

    [Fact]
    public void Hard_links_of_one_file_know_each_other_and_the_last_has_the_content()
    {
        var files = new RpmBuilder
        {
            Files =
            [
                TestFile.Regular("/a", "same") with { Inode = 7 }, TestFile.Regular("/b", "other"), TestFile.Regular("/c", "same") with { Inode = 7 },
                TestFile.Ghost("/d") with { Inode = 7 }, TestFile.Regular("/e", "same") with { Inode = 7 },
            ],
        }.Open().Info.Files;

        Assert.Equal([0, 2, 4], files[0].HardLinks);
        Assert.Equal([0, 2, 4], files[4].HardLinks);
        Assert.Empty(files[1].HardLinks);
        Assert.Empty(files[3].HardLinks);
        Assert.Equal([false, true, false, true], new[] { 0, 1, 2, 4 }.Select(i => files[i].HasContent));
    }

    [Fact]
    public void Sizes_of_eight_bytes_are_read()
    {
        var files = new RpmBuilder
        {
            Files = [TestFile.Regular("/huge", "x")],
            Header = header => header.Remove(RpmTag.FileSizes).AddInt64(RpmTag.LongFileSizes, 5_000_000_000),
        }.Open().Info.Files;

        Assert.True(files.HasLongSizes);
        Assert.Equal(5_000_000_000, files[0].Size);
    }

    [Fact]
    public void A_path_that_is_not_utf8_says_so()
    {
        var files = new RpmBuilder
        {
            Files = [TestFile.Regular("/a/b", "")],
            Header = header => header.Add(RpmTag.BaseNames, RpmTagType.StringArray, 1, [0x66, 0xfc, 0]),
        }.Open().Info.Files;

        Assert.Equal(("/a/fü", false), (files[0].Path, files[0].IsPathUtf8));
    }

    [Fact]
    public void Paths_that_no_system_takes_are_refused_before_they_fill_the_memory()
    {
        var folder = $"/{new string('a', 4000)}/";
        Assert.Equal(folder + new string('b', 90), new RpmBuilder { Files = [TestFile.Regular(folder + new string('b', 90), "")] }.Open().Info.Files[0].Path);
        Assert.Equal(
            PackageDiagnostics.MalformedFileList.Code,
            Refusal.CodeOf(() => _ = new RpmBuilder { Files = [TestFile.Regular(folder + new string('b', 200), "")] }.Open().Info.Files));
    }

    [Theory]
    [InlineData("/usr/../../etc/passwd")]
    [InlineData("/..")]
    [InlineData("../x")]
    public void A_path_that_leads_upwards_is_refused(string path)
    {
        var package = new RpmBuilder { Files = [TestFile.Regular(path, "")] }.Open();

        Refusal.Of(PackageDiagnostics.MalformedFileList, () => _ = package.Info.Files);
    }

    [Fact]
    public void Dots_that_are_part_of_a_name_are_not()
    {
        var files = new RpmBuilder { Files = [TestFile.Regular("/usr/lib/..hidden", ""), TestFile.Regular("/usr/lib/a..b", "")] }.Open().Info.Files;

        Assert.Equal(2, files.Count);
    }

    [Fact]
    public void Entries_of_another_length_are_refused()
    {
        Action<HeaderBuilder>[] changes =
        [
            header => header.AddInt16(RpmTag.FileModes, 1),
            header => header.AddInt32(RpmTag.FileFlags, 1, 2, 3),
            header => header.AddInt32(RpmTag.FileSizes, 1),
            header => header.AddInt32(RpmTag.FileMtimes, 1),
            header => header.AddArray(RpmTag.FileUserName, "root"),
            header => header.Remove(RpmTag.FileGroupName),
            header => header.AddArray(RpmTag.FileCaps, "="),
            header => header.AddInt32(RpmTag.DirIndexes, 0),
            header => header.AddInt32(RpmTag.DirIndexes, 0, 9),
            header => header.Remove(RpmTag.DirNames),
            header => header.AddInt32(RpmTag.FileInodes, 1),
        ];
        foreach (var change in changes)
        {
            var package = new RpmBuilder { Files = [TestFile.Regular("/a", ""), TestFile.Regular("/b", "")], Header = change }.Open();
            Refusal.Of(PackageDiagnostics.MalformedFileList, () => _ = package.Info.Files);
        }
    }

    [Fact]
    public void One_digest_of_a_wrong_length_makes_all_worthless()
    {
        var files = new RpmBuilder
        {
            Files = [TestFile.Regular("/a", ""), TestFile.Regular("/b", "")],
            Header = header => header.AddArray(RpmTag.FileDigests, new string('0', 64), "abcd"),
        }.Open().Info.Files;

        Assert.All(files, file => Assert.True(file.Digest.IsEmpty));
    }

    [Fact]
    public void Documentation_other_locales_and_what_they_leave_empty_are_left_out_but_licences_never()
    {
        var list = new RpmBuilder
        {
            Files =
            [
                TestFile.Regular("/usr/bin/a", "") with { Color = 2 },
                TestFile.Regular("/usr/lib/a", "") with { Color = 1 },
                TestFile.Directory("/usr/share/doc/a"),
                TestFile.Directory("/usr/share/doc/a/sub"),
                TestFile.Regular("/usr/share/doc/a/README", "") with { Flags = RpmFileFlags.Doc },
                TestFile.Regular("/usr/share/doc/a/sub/more", "") with { Flags = RpmFileFlags.Doc },
                TestFile.Regular("/usr/share/licenses/a/COPYING", "") with { Flags = RpmFileFlags.Doc | RpmFileFlags.License },
                TestFile.Regular("/usr/share/locale/de/a.mo", "") with { Languages = "de" },
                TestFile.Regular("/usr/share/locale/en/a.mo", "") with { Languages = "en" },
                TestFile.Directory("/var/empty"),
            ],
        }.Open().Info.Files;

        var left = new RpmFileSelection { IncludeDocumentation = false, Languages = ["C", "en_US"], Color = 2 }.Apply(list);

        Assert.Equal(
            [
                RpmFileState.Normal, RpmFileState.WrongColor, RpmFileState.NotInstalled, RpmFileState.NotInstalled, RpmFileState.NotInstalled,
                RpmFileState.NotInstalled, RpmFileState.Normal, RpmFileState.NotInstalled, RpmFileState.Normal, RpmFileState.Normal,
            ],
            left);
        Assert.All(new RpmFileSelection().Apply(list), state => Assert.Equal(RpmFileState.Normal, state));
    }

    [Fact]
    public void The_owner_of_files_is_kept_once()
    {
        var files = new RpmBuilder { Files = [TestFile.Regular("/a", ""), TestFile.Regular("/b", "")] }.Open().Info.Files;

        Assert.Same(files[0].User, files[1].User);
    }
}
