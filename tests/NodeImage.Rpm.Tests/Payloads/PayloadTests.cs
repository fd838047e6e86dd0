using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Payloads;

public sealed class PayloadTests
{
    private static readonly TestFile[] Files =
    [
        TestFile.Directory("/usr/share/hello"),
        TestFile.Regular("/usr/share/hello/empty", ""),
        TestFile.Regular("/usr/share/hello/large", Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray()),
        TestFile.Link("/usr/share/hello/link", "large"),
        TestFile.Regular("/usr/share/hello/odd", "five."),
        TestFile.Ghost("/var/log/hello"),
    ];

    // The archive of one file, /a, with the content "hello", compressed by "xz -6 --check=sha256" and by "xz -6 --format=lzma".
    private const string HelloXz = "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AD3ADpdABgN3QRjnHIbdqHAKPF1LqvuwTAI56nLUm878USyoN7FPdyPAE/F5lPeSeQdsHrr5Yrr2aHpTw3yKAAAAAAiyZuL"
        + "PMsFdopQv0CdikIeG4hKib8yFCsahB/TUlZxrwABbvgBAAAADsZTMbbp3xwCAAAAAApZWg==";

    private const string HelloLzma = "XQAAgAD//////////wAYDd0EY5xyG3ahwCjxdS6r7sEwCOepy1JvO/FEsqDexT3cjwBPxeZT3knkHbB66+WK69mh6U8VxakY//wecAA=";

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    [InlineData("none")]
    [InlineData(null)]
    public void Contents_come_back_whatever_they_are_compressed_with(string? compressor)
    {
        var package = new RpmBuilder { Files = Files, Compressor = compressor }.Open();

        Assert.Equal(Expected(Files), Read(package));
    }

    [Theory]
    [InlineData("xz", HelloXz)]
    [InlineData("lzma", HelloLzma)]
    public void What_xz_has_compressed_is_read(string compressor, string payload)
    {
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "hello")], Compressor = compressor, Payload = Convert.FromBase64String(payload) }.Open();

        Assert.Equal(["/a 5"], ReadSizes(package));
    }

    [Theory]
    [InlineData("xz", "xz", "--check=sha256")]
    [InlineData("xz", "xz", "--check=crc64")]
    [InlineData("xz", "xz", "--block-size=65536")]
    [InlineData("lzma", "xz", "--format=lzma")]
    [InlineData("xz", "xz", "--format=lzma")]
    public void What_xz_compresses_now_is_read(string compressor, string program, string option)
    {
        Peer.Require(program);
        using var folder = new TemporaryFolder();
        var archive = new CpioBuilder().Add("./a", Files[2].Content).Build();
        folder.Write("archive", archive);
        Peer.Run(folder.Root, program, option, "-z", "archive");
        var compressed = File.ReadAllBytes(Directory.GetFiles(folder.Root).Single());

        var package = new RpmBuilder { Files = [TestFile.Regular("/a", Files[2].Content)], Compressor = compressor, Payload = compressed }.Open();

        Assert.Equal(["/a 300000"], ReadSizes(package));
    }

    [Fact]
    public void The_archive_of_large_packages_names_files_by_number()
    {
        var package = new RpmBuilder { Files = Files, Format = 6, Compressor = "zstd" }.Open();

        Assert.Equal(Expected(Files), Read(package));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Of_hard_links_the_last_brings_the_content(int format)
    {
        TestFile[] files =
        [
            TestFile.Regular("/a", "same") with { Inode = 7 }, TestFile.Regular("/b", "other"), TestFile.Regular("/c", "same") with { Inode = 7 },
        ];
        var package = new RpmBuilder { Files = files, Format = format }.Open();

        Assert.Equal(["/a 0", "/b 5", "/c 4"], ReadSizes(package));
    }

    [Fact]
    public void Names_in_the_archive_may_do_without_dot_or_slash()
    {
        var archive = new CpioBuilder().Add("/c", "c"u8.ToArray()).Add("a", "a"u8.ToArray(), magic: "070702").Add("./b", "b"u8.ToArray()).Build();
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "a"), TestFile.Regular("/b", "b"), TestFile.Regular("/c", "c")], Archive = archive }.Open();

        Assert.Equal(["/c 1", "/a 1", "/b 1"], ReadSizes(package));
    }

    [Fact]
    public void Ghosts_that_are_there_nonetheless_are_passed_over()
    {
        var archive = new CpioBuilder().Add("./ghost", "boo!"u8.ToArray()).Add("./a", "a"u8.ToArray()).Build();
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "a"), TestFile.Ghost("/ghost")], Archive = archive }.Open();

        Assert.Equal(["/a 1"], ReadSizes(package));
    }

    [Fact]
    public void Any_set_of_files_comes_back()
    {
        var content = ArbMap.Default.GeneratorFor<byte>().ArrayOf();
        var files = content.ListOf().Select(list => list.Select((bytes, i) => TestFile.Regular($"/dir{i % 3}/file{i}", bytes)).OrderBy(file => file.Path, StringComparer.Ordinal).ToArray());

        Prop.ForAll(files.ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (list, large) =>
        {
            var package = new RpmBuilder { Files = list, Format = large ? 6 : 4 }.Open();
            Assert.Equal(Expected(list), Read(package));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Content_that_nobody_reads_is_passed_over_and_checked_nonetheless()
    {
        using var reader = RpmPayloadReader.Open(new RpmBuilder { Files = Files }.Open());
        var names = new List<string>();
        while (reader.MoveNext())
        {
            names.Add(reader.Current.Path);
        }

        Assert.Equal(Files.Where(file => !file.Flags.HasFlag(RpmFileFlags.Ghost)).Select(file => file.Path), names);
        Assert.False(reader.MoveNext());
        Assert.Throws<InvalidOperationException>(() => reader.Current);

        var wrong = Wrong(file => file with { Content = [.. file.Content, 1] });
        Refusal.Of(PayloadDiagnostics.FileDigestMismatch, () => Drain(wrong, new RpmPayloadOptions()));
    }

    [Fact]
    public void Content_with_another_digest_is_refused_unless_digests_are_not_checked()
    {
        var wrong = Wrong(file => file with { Content = "Hello?"u8.ToArray() });

        var diagnostic = Refusal.Of(PayloadDiagnostics.FileDigestMismatch, () => Read(wrong));
        Assert.Contains("/a", diagnostic.Message, StringComparison.Ordinal);
        Drain(wrong, new RpmPayloadOptions { CheckFileDigests = false });
    }

    [Fact]
    public void Content_without_a_digest_is_refused()
    {
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "a")], Header = header => header.AddArray(RpmTag.FileDigests, "") }.Open();

        Refusal.Of(PayloadDiagnostics.FileDigestMismatch, () => Read(package));
    }

    [Fact]
    public void Empty_files_of_old_packages_may_have_zeros_for_a_digest()
    {
        var package = new RpmBuilder
        {
            Format = 3,
            Files = [TestFile.Regular("/a", "")],
            Header = header => header.AddArray(RpmTag.FileDigests, new string('0', 32)),
        }.Open();

        Assert.Equal(["/a 0"], ReadSizes(package));
    }

    [Fact]
    public void An_archive_that_is_not_what_the_header_announces_is_refused()
    {
        var content = "Hello!"u8.ToArray();
        byte[][] archives =
        [
            new CpioBuilder().Build(), // The file is missing.
            new CpioBuilder().Add("./a", content).BuildWithoutTrailer(),
            new CpioBuilder().Add("./b", content).Build(),
            new CpioBuilder().Add("./a", content[1..]).Build(),
            new CpioBuilder().Add("./a", content, announcedSize: 7).Build(),
            new CpioBuilder().Add("./a", content, magic: "070707").Build(),
            new CpioBuilder().Add("./a", content, magic: "07070X").Build(),
            new CpioBuilder().AddIndexed(1, content).Build(),
            new CpioBuilder().AddIndexed(int.MinValue, content).Build(),
            Encoding.ASCII.GetBytes("070701" + new string('z', 104)),
            Encoding.ASCII.GetBytes("070701" + new string('f', 104)), // The name is too long.
            Encoding.ASCII.GetBytes("070701" + new string('0', 104)), // It has no name.
            [],
        ];
        foreach (var archive in archives)
        {
            var package = new RpmBuilder { Files = [TestFile.Regular("/a", content)], Archive = archive }.Open();
            Refusal.Of(PayloadDiagnostics.Damaged, () => Read(package));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    public void A_payload_cut_off_anywhere_is_refused(string compressor)
    {
        var files = new[] { TestFile.Regular("/a", Files[2].Content[..5000]), TestFile.Regular("/b", "b") };
        var payload = RpmBuilder.Compress(new CpioBuilder().Add("./a", files[0].Content).Add("./b", files[1].Content).Build(), compressor);
        for (var length = 0; length < payload.Length - 30; length += 7)
        {
            var package = new RpmBuilder { Files = files, Compressor = compressor, Payload = payload[..length] }.Open();
            Assert.Equal(PayloadDiagnostics.Damaged.Code, Refusal.CodeOf(() => Read(package)));
        }
    }

    [Fact]
    public void What_follows_the_archive_is_shown_to_the_observer_and_otherwise_ignored()
    {
        var compressed = RpmBuilder.Compress(new CpioBuilder().Add("./a", "a"u8.ToArray()).Build(), "zstd");
        byte[] payload = [.. compressed, .. new byte[200_000]];
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "a")], Compressor = "zstd", Payload = payload }.Open();
        var seen = new List<byte>();

        Drain(package, new RpmPayloadOptions { Observer = piece => seen.AddRange(piece) });

        Assert.Equal(payload, seen);
    }

    [Fact]
    public void A_payload_of_another_compression_than_the_header_says_is_refused()
    {
        foreach (var (said, made) in ((string, string)[])[("zstd", "gzip"), ("gzip", "zstd"), ("bzip2", "zstd"), ("xz", "gzip"), ("none", "bzip2"), ("brotli", "gzip")])
        {
            var payload = RpmBuilder.Compress(new CpioBuilder().Add("./a", "a"u8.ToArray()).Build(), made);
            var package = new RpmBuilder { Files = [TestFile.Regular("/a", "a")], Compressor = said, Payload = payload }.Open();
            Refusal.Of(PayloadDiagnostics.Damaged, () => Read(package));
        }
    }

    [Fact]
    public void A_payload_that_is_no_archive_of_files_is_not_read()
    {
        var package = new RpmBuilder { Header = header => header.Add(RpmTag.PayloadFormat, "drpm") }.Open();

        Refusal.Of(PayloadDiagnostics.Unsupported, () => RpmPayloadReader.Open(package));
    }

    [Fact]
    public void A_small_payload_that_unpacks_without_end_is_refused_where_the_header_says_it_ends()
    {
        // A hundred million zeros for a file that is announced as six bytes.
        var payload = RpmBuilder.Compress([.. new CpioBuilder().Add("./a", "Hello!"u8.ToArray()).BuildWithoutTrailer(), .. new byte[100_000_000]], "zstd");
        var package = new RpmBuilder { Files = [TestFile.Regular("/a", "Hello!")], Compressor = "zstd", Payload = payload }.Open();

        Refusal.Of(PayloadDiagnostics.Damaged, () => Read(package));
    }

    [Fact]
    public void Closing_the_content_of_one_file_leaves_the_next()
    {
        using var reader = RpmPayloadReader.Open(new RpmBuilder { Files = [TestFile.Regular("/a", "a"), TestFile.Regular("/b", "bb")] }.Open());
        Assert.True(reader.MoveNext());
        using (var content = reader.Content)
        {
            Assert.Equal('a', content.ReadByte());
        }

        Assert.True(reader.MoveNext());
        Assert.Equal((2, 0), (reader.Content.Length, reader.Content.Position));
        Assert.Equal('b', reader.Content.ReadByte());
        Assert.Equal(1, reader.Content.Position);
    }

    private static RpmPackageFile Wrong(Func<TestFile, TestFile> change)
    {
        // The header is of one file, the archive of another of the same size.
        var file = TestFile.Regular("/a", "Hello!");
        var changed = change(file);
        var content = changed.Content.Length == file.Content.Length ? changed.Content : "HELLO!"u8.ToArray();
        return new RpmBuilder { Files = [file], Archive = new CpioBuilder().Add("./a", content).Build() }.Open();
    }

    private static void Drain(RpmPackageFile package, RpmPayloadOptions options)
    {
        using var reader = RpmPayloadReader.Open(package, options);
        while (reader.MoveNext())
        {
        }
    }

    private static List<string> Read(RpmPackageFile package)
    {
        using var reader = RpmPayloadReader.Open(package);
        var files = new List<string>();
        while (reader.MoveNext())
        {
            using var copy = new MemoryStream();
            reader.Content.CopyTo(copy);
            Assert.Equal(copy.Length, reader.Content.Length);
            files.Add($"{reader.Current.Path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(copy.ToArray()))}");
        }

        return files;
    }

    private static List<string> ReadSizes(RpmPackageFile package)
    {
        using var reader = RpmPayloadReader.Open(package);
        var files = new List<string>();
        while (reader.MoveNext())
        {
            files.Add($"{reader.Current.Path} {reader.Content.Length}");
        }

        return files;
    }

    private static List<string> Expected(IEnumerable<TestFile> files) =>
    [
        .. files.Where(file => !file.Flags.HasFlag(RpmFileFlags.Ghost))
            .Select(file => $"{file.Path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Content))}"),
    ];
}
