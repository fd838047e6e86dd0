using System.Text;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>A file of a package that a test builds.</summary>
internal sealed record TestFile(string Path, byte[] Content, int Mode)
{
    public string User { get; init; } = "root";

    public string Group { get; init; } = "root";

    public string LinkTarget { get; init; } = "";

    public RpmFileFlags Flags { get; init; }

    public uint Inode { get; init; }

    public uint Time { get; init; } = 1_700_000_000;

    public ushort Device { get; init; }

    public string Capabilities { get; init; } = "";

    public string Languages { get; init; } = "";

    public uint Color { get; init; }

    public bool IsRegular => (Mode & 0xf000) == 0x8000;

    public bool IsLink => (Mode & 0xf000) == 0xa000;

    /// <summary>The size that the header tells.</summary>
    public int Size => IsLink ? LinkTarget.Length : Content.Length;

    public static TestFile Regular(string path, string content) => Regular(path, Encoding.UTF8.GetBytes(content));

    public static TestFile Regular(string path, byte[] content) => new(path, content, 0x81a4);

    public static TestFile Directory(string path) => new(path, [], 0x41ed);

    public static TestFile Link(string path, string target) => new(path, [], 0xa1ff) { LinkTarget = target };

    public static TestFile Ghost(string path) => new(path, [], 0x81a4) { Flags = RpmFileFlags.Ghost };
}
