using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;

namespace NodeImage.Fuzz.Targets;

/// <summary>Headers by themselves, which a whole package would hide behind its digests, and their rows in a database.</summary>
internal sealed class HeaderTarget : Target
{
    public override string Name => "header";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. Samples.Packages.Select(package => package.Open().Header.Blob.ToArray()),
        .. Samples.Packages.Select(package => InstalledHeader.Make(package.Open(), new InstallationRecord { Time = 1, Transaction = 1 }).Blob.ToArray()),
    ];

    public override void Read(byte[] input)
    {
        Diagnostics.Ignore(() => RpmHeader.Parse(input, RpmHeaderKind.Signature, "fuzz"));
        Diagnostics.Ignore(() => Use(RpmHeader.Parse(input, RpmHeaderKind.Package, "fuzz")));
        Use(RpmHeader.Parse(input, RpmHeaderKind.Installed, "fuzz"));
    }

    private static void Use(RpmHeader header)
    {
        foreach (var entry in header.Entries)
        {
            _ = header.GetData(entry).Length + header.GetStrings(entry.Tag).Length + header.GetUInt32s(entry.Tag).Length;
            _ = header.GetNumber(entry.Tag);
        }

        foreach (var table in IndexTable.All)
        {
            IndexRows.Write(table, header, false, (_, _) => { });
        }

        Samples.ReadViews(new RpmPackageInfo(header, "fuzz"));
    }
}
