using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz.Targets;

/// <summary>Archives in the clear, under a header that is sound.</summary>
internal sealed class ArchiveTarget : Target
{
    private static readonly TestFile[] Files =
    [
        TestFile.Directory("/a"), TestFile.Regular("/a/b", "hello"), TestFile.Regular("/a/c", new byte[9000]), TestFile.Link("/a/d", "b"), TestFile.Ghost("/a/e"),
    ];

    public override string Name => "archive";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        new CpioBuilder().Add("./a", [], 0x41ed).Add("./a/b", [.. "hello"u8]).Add("./a/c", new byte[9000]).Add("./a/d", [.. "b"u8], 0xa1ff).Build(),
        new CpioBuilder().AddIndexed(0, []).AddIndexed(1, [.. "hello"u8]).AddIndexed(2, new byte[9000]).AddIndexed(3, [.. "b"u8]).Build(),
    ];

    public override void Read(byte[] input)
    {
        var package = RpmPackageFile.Read(new RpmBuilder { Files = Files, Compressor = null, Archive = input }.Build(), "fuzz");
        PackageTarget.ReadEverything(package);
    }
}
