using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz.Targets;

/// <summary>Reads databases from a file.</summary>
internal abstract class DatabaseTarget : Target
{
    public override void Read(byte[] input)
    {
        var path = Path.Combine(Path.GetTempPath(), $"nodeimage-fuzz-{Environment.ProcessId}-{Name}");
        try
        {
            File.WriteAllBytes(path, input);
            foreach (var package in RpmDatabase.Read(path).Packages)
            {
                Diagnostics.Ignore(() => Samples.ReadViews(package.Info));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    protected static IEnumerable<RpmHeader> Headers() =>
        Samples.Packages.Select(package => InstalledHeader.Make(package.Open(), new InstallationRecord { Time = 1, Transaction = 1 }));
}

/// <summary><c>rpmdb.sqlite</c>.</summary>
internal sealed class SqliteTarget : DatabaseTarget
{
    public override string Name => "sqlite";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Write(0), Write(2), Write(7)];

    private static byte[] Write(int count)
    {
        var path = Path.Combine(Path.GetTempPath(), $"nodeimage-fuzz-{Environment.ProcessId}-corpus");
        RpmDatabase.Empty.Change(new HashSet<uint>(), Headers().Take(count)).Write(path);
        var content = File.ReadAllBytes(path);
        File.Delete(path);
        return content;
    }
}

/// <summary><c>Packages.db</c>.</summary>
internal sealed class NdbTarget : DatabaseTarget
{
    public override string Name => "ndb";

    public override IReadOnlyList<byte[]> Corpus { get; } = [NdbBuilder.Build([.. Headers().Select((header, i) => ((uint)i + 1, header.Blob.ToArray()))])];
}
