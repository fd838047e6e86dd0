using NodeImage.Rpm.Database;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Database;

/// <summary>Enters packages that rpm enters as well, and has rpm read what comes of it.</summary>
public sealed class RpmPeerTests
{
    private static readonly string[] Switches =
        ["-i", "--justdb", "--nodeps", "--noscripts", "--notriggers", "--ignoreos", "--ignorearch", "--nosignature", "--dbpath"];

    private static readonly RpmBuilder Rich = new()
    {
        Name = "rich",
        Files =
        [
            TestFile.Directory("/opt/rich"), TestFile.Regular("/opt/rich/a", "a"), TestFile.Regular("/opt/rich/ä", "ä") with { Inode = 9 },
            TestFile.Regular("/opt/rich/é", "ä") with { Inode = 9 }, TestFile.Ghost("/var/rich"),
        ],
        Dependencies =
        [
            (RpmDependencyKind.Requires, "(a if (b or c) else d)", 0, ""),
            (RpmDependencyKind.Requires, "/bin/sh", DependencyFlags.ScriptPost | DependencyFlags.Interpreter, ""),
            (RpmDependencyKind.Supplements, "(x and (y unless z))", 0, ""),
            (RpmDependencyKind.Conflicts, "(p with q < 2)", 0, ""),
            (RpmDependencyKind.Recommends, "docs", 0, ""),
        ],
        Header = header => header.AddArray(RpmTag.Prefixes, "/opt")
            .AddArray(RpmTag.TriggerScripts, "x").AddArray(RpmTag.TriggerScriptProgram, "/bin/sh").AddArray(RpmTag.TriggerName, "t", "u", "t")
            .AddArray(RpmTag.TriggerVersion, "", "", "").AddInt32(RpmTag.TriggerFlags, 1 << 16, 1 << 16, 1 << 16).AddInt32(RpmTag.TriggerIndex, 0, 0, 0),
    };

    private static readonly RpmBuilder Old = new()
    {
        Name = "old",
        Format = 3,
        Files = [TestFile.Directory("/opt/old"), TestFile.Regular("/opt/old/a", "a"), TestFile.Regular("/etc/old", "b"), TestFile.Regular("/opt/old/z", "z")],
        Header = header => header.Remove(RpmTag.SourceRpm).AddArray(RpmTag.ProvideName, "something"),
    };

    [Fact]
    public void Every_header_and_every_row_is_as_rpm_enters_it()
    {
        Peer.Require("rpm");
        Peer.Require("sqlite3");
        using var folder = new TemporaryFolder();
        foreach (var builder in new[] { Rich, Old, new RpmBuilder { Name = "empty" } })
        {
            var path = folder.Write($"{builder.Name}.rpm", builder.Build());
            var result = Peer.Run(folder.Root, "rpm", [.. Switches, folder[$"{builder.Name}-theirs"], path]);
            Assert.True(result.ExitCode == 0, result.Error);

            var theirs = Assert.Single(RpmDatabase.Read(folder[$"{builder.Name}-theirs"]).Packages).Header;
            var ours = InstalledHeader.Make(RpmPackageFile.Open(path), new InstallationRecord
            {
                Time = (uint)theirs.GetNumber(RpmTag.InstallTime)!,
                Transaction = (uint)theirs.GetNumber(RpmTag.InstallTid)!,
                Color = (uint)theirs.GetNumber(RpmTag.InstallColor)!,
            });

            Assert.Equal(Convert.ToHexString(theirs.Blob.Span), Convert.ToHexString(ours.Blob.Span));
            RpmDatabase.Empty.Change(new HashSet<uint>(), [ours]).Write(folder[$"{builder.Name}-ours/rpmdb.sqlite"]);
            Assert.Equal(Dump(folder[$"{builder.Name}-theirs"]), Dump(folder[$"{builder.Name}-ours"]));
        }
    }

    [Fact]
    public void Rpm_reads_queries_and_verifies_what_is_written()
    {
        Peer.Require("rpm");
        Peer.Require("rpmdb");
        using var folder = new TemporaryFolder();
        var record = new InstallationRecord { Time = 1_700_000_000, Transaction = 1_700_000_000 };
        var first = RpmDatabase.Empty.Change(new HashSet<uint>(), [InstalledHeader.Make(Rich.Open(), record), InstalledHeader.Make(Old.Open(), record)]);
        first.Change(new HashSet<uint> { 2 }, [InstalledHeader.Make(new RpmBuilder { Name = "empty" }.Open(), record)]).Write(folder["db/rpmdb.sqlite"]);

        Assert.Equal("empty-1.0-1.noarch\nrich-1.0-1.noarch\n", Sorted(Rpm("-qa")));
        Assert.Equal("rich-1.0-1.noarch\n", Rpm("-qf", "--nomanifest", "/opt/rich/ä"));
        Assert.Equal("rich-1.0-1.noarch\n", Rpm("-q", "--whatrequires", "d"));
        Assert.Equal("empty-1.0-1.noarch\n", Rpm("-q", "--whatprovides", "empty"));
        Assert.Equal("3", Rpm("-q", "empty", "--qf", "%{DBINSTANCE}"));
        Assert.Contains("missing     /opt/rich/a", Rpm("-V", "rich"), StringComparison.Ordinal);
        Assert.Equal(0, Peer.Run(folder.Root, "rpmdb", "--dbpath", folder["db"], "--verifydb").ExitCode);

        // And goes on from there.
        var result = Peer.Run(folder.Root, "rpm", [.. Switches, folder["db"], folder.Write("next.rpm", new RpmBuilder { Name = "next" }.Build())]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("4", Rpm("-q", "next", "--qf", "%{DBINSTANCE}"));

        string Rpm(params string[] arguments) => Peer.Run(folder.Root, "rpm", [.. arguments, "--dbpath", folder["db"]]).Output;
    }

    private static string Sorted(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + "\n"));

    private static string Dump(string folder) => string.Join('\n', IndexTable.All.Select(table =>
        table.Name + "\n" + Peer.Run(folder, "sqlite3", "file:rpmdb.sqlite?immutable=1", $"SELECT rowid, typeof(key), hex(key), hnum, idx FROM '{table.Name}'").Output));
}
