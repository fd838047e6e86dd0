using System.Buffers.Binary;
using NodeImage.Compose.SystemDatabases.Elf;

namespace NodeImage.Compose.Sandboxes;

/// <summary>
/// Finds out whether this machine's kernel starts the programs of another architecture: through an emulator that is
/// registered with binfmt_misc (<c>Documentation/admin-guide/binfmt-misc.rst</c> of Linux).
/// </summary>
internal static class ForeignPrograms
{
    private const int HeaderSize = 20;
    private const int TypeOffset = 16;
    private const int MachineOffset = 18;

    // What an ELF file's header says, by the architecture in rpm's words.
    private static readonly (string Architecture, ushort Machine, bool IsBigEndian)[] Machines =
    [
        ("x86_64", ElfConstants.MachineX8664, false),
        ("aarch64", ElfConstants.MachineAArch64, false),
        ("s390x", ElfConstants.MachineS390, true),
        ("ppc64le", ElfConstants.MachinePowerPC64, false),
    ];

    /// <summary>Says why an image's programs do not run here.</summary>
    /// <param name="options">What is known of this machine.</param>
    /// <param name="architecture">The image's architecture in rpm's words.</param>
    /// <returns>The obstacle, as the end of a sentence; null where they run.</returns>
    public static string? FindObstacle(SandboxOptions options, string architecture)
    {
        if (architecture == options.MachineArchitecture)
        {
            return null;
        }

        var emulators = ReadEmulators(options.EmulatorFolder).Where(emulator => emulator.Starts(Header(architecture))).ToList();
        return emulators switch
        {
            [] => $"programs of {architecture} do not run on this machine ({options.MachineArchitecture}): no emulator for them is registered with its kernel (package qemu-user-static)",
            [{ IsOpen: false } closed, ..] when !emulators.Exists(emulator => emulator.IsOpen) =>
                $"programs of {architecture} do not run in an image on this machine ({options.MachineArchitecture}): their emulator '{closed.Name}' is registered with its kernel without the flag F (package qemu-user-static)",
            _ => null,
        };
    }

    private static byte[] Header(string architecture)
    {
        var (_, machine, isBigEndian) = Array.Find(Machines, known => known.Architecture == architecture);
        var header = new byte[HeaderSize];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, (byte)(isBigEndian ? 2 : 1), 1]).CopyTo(header);
        Write(TypeOffset, ElfConstants.TypeShared);
        Write(MachineOffset, machine);
        return header;

        void Write(int offset, ushort value)
        {
            if (isBigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(offset), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(offset), value);
            }
        }
    }

    private static IEnumerable<Emulator> ReadEmulators(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(file => Path.GetFileName(file) is not ("register" or "status")).Select(Emulator.Read).OfType<Emulator>()
            : [];

    /// <summary>A program that the kernel starts in the place of programs of a format.</summary>
    /// <param name="Name">The name of its registration.</param>
    /// <param name="IsOpen">Whether the kernel holds it open, so that it need not be in the image (flag F).</param>
    /// <param name="Offset">Where a program's bytes are compared.</param>
    /// <param name="Magic">What they must be.</param>
    /// <param name="Mask">Which of their bits count.</param>
    private sealed record Emulator(string Name, bool IsOpen, int Offset, byte[] Magic, byte[] Mask)
    {
        /// <summary>Reads a registration.</summary>
        /// <returns>It, or null where it is off, goes by the names of files, or cannot be read.</returns>
        public static Emulator? Read(string file)
        {
            try
            {
                var lines = File.ReadAllLines(file);
                var fields = lines.Skip(1).Select(line => line.Split(' ', 2)).Where(words => words.Length == 2)
                    .DistinctBy(words => words[0], StringComparer.Ordinal)
                    .ToDictionary(words => words[0].TrimEnd(':'), words => words[1], StringComparer.Ordinal);
                if (lines is not ["enabled", ..] || !fields.TryGetValue("magic", out var text) || !int.TryParse(fields.GetValueOrDefault("offset", "0"), out var offset))
                {
                    return null;
                }

                var magic = Convert.FromHexString(text);
                var mask = fields.TryGetValue("mask", out var bits) ? Convert.FromHexString(bits) : Enumerable.Repeat((byte)0xff, magic.Length).ToArray();
                var isOpen = fields.GetValueOrDefault("flags", "").Contains('F', StringComparison.Ordinal);
                return mask.Length == magic.Length ? new Emulator(Path.GetFileName(file), isOpen, offset, magic, mask) : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
            {
                return null;
            }
        }

        /// <summary>Whether the kernel starts it for a file that begins so.</summary>
        public bool Starts(byte[] header)
        {
            if (Offset < 0 || Offset + Magic.Length > header.Length)
            {
                return false;
            }

            for (var i = 0; i < Magic.Length; i++)
            {
                if (((header[Offset + i] ^ Magic[i]) & Mask[i]) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
