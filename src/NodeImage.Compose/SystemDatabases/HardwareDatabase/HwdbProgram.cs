using System.Globalization;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>What an image's systemd writes into a hardware database.</summary>
/// <param name="Version">Its version; 0 where that is not known.</param>
internal sealed record HwdbProgram(int Version)
{
    private const int MaxNumberLength = 6;

    /// <summary>Finds out about a program: it names its version, or the private library that has it.</summary>
    /// <param name="program">The bytes of <c>systemd-hwdb</c>.</param>
    public static HwdbProgram Inspect(ReadOnlySpan<byte> program)
    {
        // "libsystemd-shared-252-32.el9.so", "systemd 252 (252-32.el9)".
        var version = NumberBehind(program, "libsystemd-shared-"u8, "");
        return new HwdbProgram(version > 0 ? version : NumberBehind(program, "systemd "u8, " ("));
    }

    private static int NumberBehind(ReadOnlySpan<byte> program, ReadOnlySpan<byte> beginning, string ending)
    {
        for (var at = program.IndexOf(beginning); at >= 0; at = program.IndexOf(beginning))
        {
            program = program[(at + beginning.Length)..];
            var text = ByteText.Of(program[..Math.Min(program.Length, MaxNumberLength + ending.Length)]);
            var digits = text.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is > 0 and <= MaxNumberLength && text.AsSpan(digits).StartsWith(ending, StringComparison.Ordinal))
            {
                return int.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}

/// <summary>Learns what an image's <c>systemd-hwdb</c> writes.</summary>
internal sealed class HwdbProgramReader : IContentFact<HwdbProgram>
{
    private const int MaxSize = 16 << 20;

    /// <inheritdoc/>
    public string Kind => "hwdb-program-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Inode inode) => inode.IsRegular && ImagePath.Name(path) == "systemd-hwdb" && path.Contains("bin/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public HwdbProgram Read(Stream content, long length)
    {
        using var buffer = new ForwardBuffer(content, MaxSize);
        return HwdbProgram.Inspect(buffer.ReadAll());
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, HwdbProgram fact) => writer.Write(fact.Version);

    /// <inheritdoc/>
    public HwdbProgram Read(BinaryReader reader) => new(reader.ReadInt32());
}
