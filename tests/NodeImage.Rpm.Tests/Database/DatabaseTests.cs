using System.Buffers.Binary;
using NodeImage.Rpm.Database;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Database;

public sealed class DatabaseTests
{
    private static readonly InstallationRecord Record = new() { Time = 1_700_000_000, Transaction = 1_700_000_001, Color = 3 };

    [Fact]
    public void A_header_keeps_its_region_and_gains_what_rpm_notes()
    {
        var package = new RpmBuilder
        {
            Files = [TestFile.Regular("/a", "a"), TestFile.Regular("/b", "b") with { Flags = RpmFileFlags.Doc }],
            Header = header => header.AddArray(RpmTag.Prefixes, "/usr"),
            Signature = (signature, header, everything) => signature
                .AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign(header)).AddBytes(RpmSignatureTag.Pgp, TestKey.Rsa.Sign(everything)),
        }.Open();

        var header = InstalledHeader.Make(package, Record with { FileStates = [RpmFileState.Normal, RpmFileState.NotInstalled] });

        Assert.Equal(RpmTag.HeaderImmutable, header.Region);
        Assert.Equal((1_700_000_000UL, 1_700_000_001UL, 3UL), (header.GetNumber(RpmTag.InstallTime), header.GetNumber(RpmTag.InstallTid), header.GetNumber(RpmTag.InstallColor)));
        Assert.Equal(package.Signature.GetBytes(RpmSignatureTag.Md5).ToArray(), header.GetBytes(RpmTag.SigMd5).ToArray());
        Assert.Equal(package.Signature.GetBytes(RpmSignatureTag.Pgp).ToArray(), header.GetBytes(RpmTag.SigPgp).ToArray());
        Assert.Equal(package.Signature.GetString(RpmTag.Sha256Header), header.GetString(RpmTag.Sha256Header));
        Assert.Equal(package.Signature.GetNumber(RpmSignatureTag.Size), header.GetNumber(RpmTag.SigSize));
        Assert.Equal(package.Signature.GetNumber(RpmSignatureTag.PayloadSize), header.GetNumber(RpmTag.ArchiveSize));
        Assert.Equal(["/usr"], header.GetStrings(RpmTag.InstPrefixes));
        var info = new RpmPackageInfo(header, "test");
        Assert.Equal(package.Info.Nevra, info.Nevra);
        Assert.Equal([RpmFileState.Normal, RpmFileState.NotInstalled], info.Files.Select(file => file.State));
    }

    [Fact]
    public void Of_a_package_of_format_6_only_its_own_signature_entries_are_kept()
    {
        var package = new RpmBuilder
        {
            Format = 6,
            Signature = (signature, header, _) => signature
                .AddArray(RpmTag.OpenPgp, Convert.ToBase64String(TestKey.Rsa.Sign(header))).AddBytes(RpmSignatureTag.Md5, new byte[16]),
        }.Open();

        var header = InstalledHeader.Make(package, Record);

        Assert.True(header.Contains(RpmTag.OpenPgp));
        Assert.False(header.Contains(RpmTag.SigMd5));
    }

    [Fact]
    public void A_signature_entry_that_clashes_or_is_malformed_is_refused()
    {
        var clash = new RpmBuilder { Header = header => header.AddInt32(RpmTag.SigSize, 1) }.Open();
        var malformed = new RpmBuilder { Signature = (signature, _, _) => signature.AddInt32(RpmSignatureTag.Size, 1, 2) }.Open();
        var twice = new RpmBuilder { Header = header => header.AddInt32(RpmTag.ArchiveSize, 1) }.Open();
        var once = new RpmBuilder { Header = header => header.AddInt32(RpmTag.ArchiveSize, 1), Signature = (signature, _, _) => signature.Remove(RpmSignatureTag.PayloadSize) }.Open();

        Refusal.Of(DatabaseDiagnostics.NotInstallable, () => InstalledHeader.Make(clash, Record));
        Refusal.Of(DatabaseDiagnostics.NotInstallable, () => InstalledHeader.Make(malformed, Record));
        Refusal.Of(DatabaseDiagnostics.NotInstallable, () => InstalledHeader.Make(twice, Record));
        Assert.Equal(1UL, InstalledHeader.Make(once, Record).GetNumber(RpmTag.ArchiveSize));
    }

    [Fact]
    public void A_database_is_read_as_it_was_written_and_always_has_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var database = RpmDatabase.Empty.Change(new HashSet<uint>(), [Make("a"), Make("b"), Make("c")]);

        database.Write(folder["one/rpmdb.sqlite"]);
        database.Write(folder["two/rpmdb.sqlite"]);

        var read = RpmDatabase.Read(folder["one"]);
        Assert.Equal([1U, 2, 3], read.Packages.Select(package => package.Number));
        Assert.Equal(["a", "b", "c"], read.Packages.Select(package => package.Info.Nevra.Name));
        Assert.All(read.Packages.Zip(database.Packages), pair => Assert.Equal(pair.Second.Header.Blob.ToArray(), pair.First.Header.Blob.ToArray()));
        Assert.Equal(File.ReadAllBytes(folder["one/rpmdb.sqlite"]), File.ReadAllBytes(folder["two/rpmdb.sqlite"]));
        Assert.Equal(["rpmdb.sqlite"], Directory.GetFiles(folder["one"]).Select(Path.GetFileName));

        // Bytes 18 and 19 tell the kind of journal; 2 would be the write-ahead log.
        Assert.Equal([1, 1], File.ReadAllBytes(folder["one/rpmdb.sqlite"])[18..20]);
    }

    [Fact]
    public void Packages_that_stay_keep_their_numbers_and_no_number_is_given_twice()
    {
        using var folder = new TemporaryFolder();
        var first = RpmDatabase.Empty.Change(new HashSet<uint>(), [Make("a"), Make("b"), Make("c")]);
        first.Change(new HashSet<uint> { 1, 3 }, []).Write(folder["rpmdb.sqlite"]);

        var read = RpmDatabase.Read(folder["rpmdb.sqlite"]);
        Assert.Equal(3U, read.LastNumber);
        var changed = read.Change(new HashSet<uint>(), [Make("d")]);

        Assert.Equal([(2U, "b"), (4U, "d")], changed.Packages.Select(package => (package.Number, package.Info.Nevra.Name)));
        Assert.Same(read.Packages[0].Header, changed.Packages[0].Header);
    }

    [Fact]
    public void What_a_writer_left_in_its_log_is_read_and_the_files_are_left_alone()
    {
        Peer.Require("sqlite3");
        using var folder = new TemporaryFolder();
        RpmDatabase.Empty.Change(new HashSet<uint>(), [Make("a")]).Write(folder["rpmdb.sqlite"]);

        // A copy is taken while the log is open.
        Peer.Run(
            folder.Root, "sqlite3", "rpmdb.sqlite", "PRAGMA journal_mode=WAL; INSERT INTO Packages SELECT 7, blob FROM Packages;",
            ".shell mkdir copy; cp rpmdb.sqlite rpmdb.sqlite-wal copy");
        var before = Directory.GetFiles(folder["copy"]).ToDictionary(path => path, File.ReadAllBytes);

        Assert.Equal([1U, 7], RpmDatabase.Read(folder["copy"]).Packages.Select(package => package.Number));

        Assert.Equal(before.Keys.Order(), Directory.GetFiles(folder["copy"]).Order());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void A_database_on_a_read_only_medium_is_read_even_with_the_log_switched_on()
    {
        Peer.Require("sqlite3");
        using var folder = new TemporaryFolder();
        RpmDatabase.Empty.Change(new HashSet<uint>(), [Make("a")]).Write(folder["rpmdb.sqlite"]);
        Peer.Run(folder.Root, "sqlite3", "rpmdb.sqlite", "PRAGMA journal_mode=WAL");
        foreach (var path in Directory.GetFiles(folder.Root, "*-*"))
        {
            File.Delete(path);
        }

        Assert.Single(RpmDatabase.Read(folder.Root).Packages);

        Assert.Equal(["rpmdb.sqlite"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_no_database_or_a_damaged_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        RpmDatabase.Empty.Change(new HashSet<uint>(), [Make("a")]).Write(folder["rpmdb.sqlite"]);
        var content = File.ReadAllBytes(folder["rpmdb.sqlite"]);

        Refusal.Of(DatabaseDiagnostics.Unsupported, () => RpmDatabase.Read(folder["missing"]));
        Refusal.Of(DatabaseDiagnostics.Unsupported, () => RpmDatabase.Read(Directory.CreateDirectory(folder["empty"]).FullName));
        Refusal.Of(DatabaseDiagnostics.Unsupported, () => RpmDatabase.Read(folder.Write("text", "no database"u8.ToArray())));
        Refusal.Of(DatabaseDiagnostics.Damaged, () => RpmDatabase.Read(folder.Write("cut", content[..5000])));
        var damaged = (byte[])content.Clone();
        var header = damaged.AsSpan().IndexOf("Says a"u8);
        damaged.AsSpan(header - 200, 150).Fill(0xff);
        Refusal.Of(DatabaseDiagnostics.Damaged, () => RpmDatabase.Read(folder.Write("damaged", damaged)));
    }

    [Fact]
    public void A_database_that_computes_instead_of_holding_packages_is_refused()
    {
        Peer.Require("sqlite3");
        using var folder = new TemporaryFolder();
        Peer.Run(
            folder.Root, "sqlite3", "rpmdb.sqlite",
            "CREATE VIEW Packages AS WITH RECURSIVE n(hnum) AS (SELECT 1 UNION ALL SELECT hnum + 1 FROM n) SELECT hnum, x'00' AS blob FROM n");
        Peer.Run(
            folder.Root, "sqlite3", "slow.sqlite",
            "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, data, blob AS (replace(hex(zeroblob(100000000)), '00', hex(zeroblob(10)))));",
            "INSERT INTO Packages (hnum) VALUES (1)");

        Refusal.Of(DatabaseDiagnostics.Unsupported, () => RpmDatabase.Read(folder["rpmdb.sqlite"]));
        Refusal.Of(DatabaseDiagnostics.Unsupported, () => RpmDatabase.Read(folder["slow.sqlite"]));
    }

    [Fact]
    public void A_database_that_cannot_be_written_is_refused_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", []);
        Directory.CreateDirectory(folder["folder"]);

        Refusal.Of(DatabaseDiagnostics.Unwritable, () => RpmDatabase.Empty.Write(folder["file/rpmdb.sqlite"]));
        Refusal.Of(DatabaseDiagnostics.Unwritable, () => RpmDatabase.Empty.Write(folder["folder"]));

        Assert.Equal(["file"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_database_of_the_kind_ndb_is_read()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (Make("a").Blob.ToArray(), Make("b").Blob.ToArray());
        var content = NdbBuilder.Build((2, a), (1, b));
        folder.Write("Packages.db", content);

        var database = RpmDatabase.Read(folder.Root);

        Assert.Equal([(1U, "b"), (2U, "a")], database.Packages.Select(package => (package.Number, package.Info.Nevra.Name)));
        Assert.Equal(9U, database.LastNumber);
        for (var position = 4; position < content.Length; position += position < 64 || position >= 4096 ? 1 : 64)
        {
            var changed = (byte[])content.Clone();
            changed[position] ^= 0x01;
            var path = folder.Write("changed", changed);
            var code = Refusal.CodeOf(() => RpmDatabase.Read(path));
            Assert.True(code is null || code == DatabaseDiagnostics.Damaged.Code);
            Assert.True(code is not null || position < 4096, $"The byte at {position} was changed and nothing noticed.");
        }

        Refusal.Of(DatabaseDiagnostics.Damaged, () => RpmDatabase.Read(folder.Write("cut", content[..^1])));
        Refusal.Of(DatabaseDiagnostics.Damaged, () => RpmDatabase.Read(folder.Write("cut", content[..4000])));
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(12), 1 << 20);
        Refusal.Of(DatabaseDiagnostics.Damaged, () => RpmDatabase.Read(folder.Write("huge", content)));
    }

    [Theory]
    [InlineData("(a if b)", "a,!b")]
    [InlineData("(a if b else c)", "!b,a,b,c")]
    [InlineData("(a unless b)", "a,!b")]
    [InlineData("(a and b and a)", "a,b")]
    [InlineData("((a or b) if (c with d >= 2))", "a,b,!c,!d")]
    [InlineData("(a without rpmlib(x))", "a")]
    [InlineData("(broken", "")]
    public void A_rich_dependency_is_found_by_the_names_in_it(string text, string keys)
    {
        var expected = keys.Split(',', StringSplitOptions.RemoveEmptyEntries).OrderBy(key => key.StartsWith('!') ? key : " " + key, StringComparer.Ordinal);

        Assert.Equal(expected, RichDependencyKeys.Of(text).Select(System.Text.Encoding.UTF8.GetString));
    }

    [Fact]
    public void Rows_are_made_as_rpm_makes_them()
    {
        var header = InstalledHeader.Make(
            new RpmBuilder
            {
                Dependencies =
                [
                    (RpmDependencyKind.Requires, "during", DependencyFlags.ScriptPre, ""),
                    (RpmDependencyKind.Requires, "always", 0, ""),
                    (RpmDependencyKind.Requires, "both", DependencyFlags.ScriptPre | DependencyFlags.ScriptPostUninstall, ""),
                    (RpmDependencyKind.Requires, "meta", DependencyFlags.ScriptPost | DependencyFlags.Meta, ""),
                ],
                Header = header => header.Remove(RpmTag.Group)
                    .AddArray(RpmTag.TriggerName, "x", "y", "x").AddInt32(RpmTag.TriggerIndex, 0, 0, 0)
                    .AddArray(RpmTag.FileTriggerName, "/p", "/q").AddInt32(RpmTag.FileTriggerIndex, 5, 6),
            }.Open(),
            Record);

        Assert.Equal(["always 1", "both 2", "meta 3"], Rows("Requirename", header));
        Assert.Equal(["x 0", "y 1"], Rows("Triggername", header));
        Assert.Equal(["/p 5", "/q 6"], Rows("Filetriggername", header));
        Assert.Equal(["Unknown 0"], Rows("Group", header));
        Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(1_700_000_001)), RowKey("Installtid", header, bigEndian: false));
        Assert.Equal("6553F101", RowKey("Installtid", header, bigEndian: true));
    }

    private static RpmHeader Make(string name) =>
        InstalledHeader.Make(new RpmBuilder { Name = name, Files = [TestFile.Regular($"/opt/{name}", name)] }.Open(), Record);

    private static List<string> Rows(string table, RpmHeader header)
    {
        var rows = new List<string>();
        IndexRows.Write(
            IndexTable.All.Single(candidate => candidate.Name == table), header, false, (key, index) => rows.Add($"{System.Text.Encoding.UTF8.GetString(key)} {index}"));
        return rows;
    }

    private static string RowKey(string table, RpmHeader header, bool bigEndian)
    {
        var found = "";
        IndexRows.Write(IndexTable.All.Single(candidate => candidate.Name == table), header, bigEndian, (key, _) => found = Convert.ToHexString(key));
        return found;
    }
}
