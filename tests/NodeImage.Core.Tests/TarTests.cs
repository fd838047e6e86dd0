using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;

namespace NodeImage.Core.Tests;

public sealed class TarTests
{
    private static readonly Gen<string> Names = Gen.Elements("a", "file", "ünïcode", "with space", new string('n', 120), "deep/er", new string('d', 90) + "/" + new string('e', 90));

    private static readonly Gen<TarEntry> Entries =
        from name in Names
        from folder in Names
        from type in Gen.Elements(TarEntryType.Regular, TarEntryType.Directory, TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.CharacterDevice, TarEntryType.Fifo)
        from mode in Gen.Choose(0, Inode.PermissionMask)
        from uid in Gen.Elements(0u, 999u, 2_097_151u, 2_097_152u, uint.MaxValue)
        from time in Gen.Elements(0L, 1_700_000_000L, -5L, 1L << 34)
        from xattr in Gen.Choose(0, 1)
        select new TarEntry
        {
            Name = $"{folder}/{name}",
            Type = type,
            Mode = mode,
            Uid = uid,
            Gid = uid / 2,
            ModificationTime = time,
            LinkName = type is TarEntryType.SymbolicLink or TarEntryType.HardLink ? $"{name}/{folder}" : "",
            DeviceMajor = type == TarEntryType.CharacterDevice ? 5u : 0,
            DeviceMinor = type == TarEntryType.CharacterDevice ? 1u : 0,
            Xattrs = xattr == 0 ? Inode.NoXattrs : Inode.NoXattrs.Add("security.capability", [1, 0, 0, 2, 10, 61]),
        };

    [Fact]
    public void Whatever_is_written_is_read_back() => Prop.ForAll(Arb.From(Gen.ListOf(Entries)), entries =>
    {
        var written = entries.Select((entry, i) => entry.Type == TarEntryType.Regular ? entry with { Size = i * 511 } : entry).ToList();
        using var archive = Archive(written);
        var reader = new TarReader(archive);
        foreach (var expected in written)
        {
            var actual = reader.Next();
            Assert.NotNull(actual);
            Assert.Equal(expected with { Xattrs = Inode.NoXattrs }, actual with { Xattrs = Inode.NoXattrs });
            Assert.Equal(expected.Xattrs.Select(pair => (pair.Key, Convert.ToHexString(pair.Value.AsSpan()))), actual.Xattrs.Select(pair => (pair.Key, Convert.ToHexString(pair.Value.AsSpan()))));
            using var content = new MemoryStream();
            reader.Content.CopyTo(content);
            Assert.Equal(Content(expected.Size), content.ToArray());
        }

        Assert.Null(reader.Next());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_entries_give_the_same_bytes()
    {
        var entries = Gen.Sample(Entries, 50).Select(entry => entry with { Size = 0 }).ToList();
        Assert.Equal(Archive(entries).ToArray(), Archive(entries).ToArray());
    }

    [Fact]
    public void Gnu_tar_reads_what_is_written()
    {
        using var folder = new TemporaryFolder();
        var entries = new[]
        {
            new TarEntry { Name = "etc", Type = TarEntryType.Directory, Mode = 0b111_101_101 },
            new TarEntry { Name = "etc/" + new string('l', 150), Type = TarEntryType.Regular, Mode = 0b110_100_100, Size = 5, Uid = 12, Gid = 34, ModificationTime = 1_600_000_000 },
            new TarEntry { Name = "etc/link", Type = TarEntryType.SymbolicLink, Mode = 0b111_111_111, LinkName = "t" + new string('x', 120) },
            new TarEntry { Name = "etc/ünï", Type = TarEntryType.Regular, Mode = 0b100_111_101_101 },
        };
        File.WriteAllBytes(folder["t.tar"], Archive(entries).ToArray());
        var listing = RunTar("--numeric-owner", "--utc", "--quoting-style=literal", "-tvf", folder["t.tar"]);
        Assert.Contains($"-rw-r--r-- 12/34 ", listing, StringComparison.Ordinal);
        Assert.Contains("2020-09-13 12:26 etc/" + new string('l', 150), listing, StringComparison.Ordinal);
        Assert.Contains("etc/link -> t" + new string('x', 120), listing, StringComparison.Ordinal);
        Assert.Contains("-rwsr-xr-x 0/0", listing, StringComparison.Ordinal);
        Assert.Contains("etc/ünï", listing, StringComparison.Ordinal);
    }

    [Fact]
    public void What_gnu_tar_writes_is_read()
    {
        using var folder = new TemporaryFolder();
        var name = string.Concat(Enumerable.Repeat("long/", 40)) + "file";
        Directory.CreateDirectory(Path.GetDirectoryName(folder["in/" + name])!);
        File.WriteAllText(folder["in/" + name], "hello");
        RunTar("--format=gnu", "-cf", folder["t.tar"], "-C", folder["in"], ".");
        using var file = File.OpenRead(folder["t.tar"]);
        var reader = new TarReader(file);
        while (reader.Next() is { } entry)
        {
            if (entry.Type == TarEntryType.Regular)
            {
                Assert.Equal("./" + name, entry.Name);
                Assert.Equal("hello", new StreamReader(reader.Content).ReadToEnd());
                return;
            }
        }

        Assert.Fail("The file was not found in the archive.");
    }

    [Fact]
    public void Every_truncation_is_noticed_or_ends_between_entries()
    {
        var archive = Archive([new TarEntry { Name = new string('p', 300), Type = TarEntryType.Regular, Size = 700 }]).ToArray();
        for (var length = 0; length < archive.Length; length += 7)
        {
            var reader = new TarReader(new MemoryStream(archive, 0, length));
            try
            {
                while (reader.Next() is not null)
                {
                    reader.Content.CopyTo(Stream.Null);
                }

                Assert.True(length == 0 || length % 512 == 0 || length > 3072, $"A cut after {length} bytes went unnoticed.");
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void A_flipped_bit_in_a_header_is_noticed()
    {
        var archive = Archive([new TarEntry { Name = "a", Type = TarEntryType.Regular, Size = 3 }]).ToArray();

        // The last byte of the checksum's own field means nothing.
        foreach (var i in Enumerable.Range(0, 512).Where(i => i != 155))
        {
            var damaged = archive.ToArray();
            damaged[i] ^= 0x40;
            Assert.ThrowsAny<InvalidDataException>(() => new TarReader(new MemoryStream(damaged)).Next());
        }
    }

    [Fact]
    public void Content_of_another_length_than_announced_is_refused()
    {
        var writer = new TarWriter(Stream.Null);
        var entry = new TarEntry { Name = "a", Type = TarEntryType.Regular, Size = 3 };
        Assert.Throws<InvalidDataException>(() => writer.Write(entry, new MemoryStream(new byte[2])));
        Assert.Throws<InvalidDataException>(() => writer.Write(entry, new MemoryStream(new byte[4])));
    }

    [Fact]
    public void A_file_whose_owner_has_no_number_yet_cannot_be_written() =>
        Assert.Throws<InvalidOperationException>(() => TarEntry.Of("/a", Inode.Directory() with { Owner = FileOwner.Named("tss", "tss") }));

    private static byte[] Content(long size) => [.. Enumerable.Range(0, (int)size).Select(i => (byte)(i * 31))];

    private static MemoryStream Archive(IEnumerable<TarEntry> entries)
    {
        var stream = new MemoryStream();
        var writer = new TarWriter(stream);
        foreach (var entry in entries)
        {
            if (entry.Type == TarEntryType.Regular)
            {
                writer.Write(entry, new MemoryStream(Content(entry.Size)));
            }
            else
            {
                writer.Write(entry);
            }
        }

        writer.Finish();
        stream.Position = 0;
        return stream;
    }

    private static string RunTar(params string[] arguments)
    {
        if (!File.Exists("/usr/bin/tar") && !File.Exists("/bin/tar"))
        {
            Assert.Skip("GNU tar is not installed.");
        }

        var start = new ProcessStartInfo("tar", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
