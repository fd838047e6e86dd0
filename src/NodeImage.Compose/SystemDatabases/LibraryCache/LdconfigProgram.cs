using System.Buffers.Binary;
using NodeImage.Compose.SystemDatabases.Elf;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>What the image's own ldconfig does: its version, its machine, and what its distribution has built into it.</summary>
internal sealed record LdconfigProgram
{
    /// <summary>A file that is no ldconfig of glibc 2.33 or later.</summary>
    public static readonly LdconfigProgram Unknown = new();

    /// <summary>How it signs the caches that it makes; empty where the program is not known.</summary>
    public string Generator { get; init; } = "";

    /// <summary>What machine it is for.</summary>
    public ushort Machine { get; init; }

    /// <summary>Whether that machine's numbers begin with the most significant byte.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The folders that it looks into, whatever the configuration says.</summary>
    public IReadOnlyList<string> SystemFolders { get; init; } = [];

    /// <summary>Whether it records the oldest kernel that a library runs on: glibc up to 2.35.</summary>
    public bool RecordsKernelVersions { get; init; }

    /// <summary>Whether it knows folders named after features of processors, such as <c>haswell</c>, and C libraries but glibc: up to 2.36.</summary>
    public bool HasLegacyFolders { get; init; }

    /// <summary>Whether it passes over files that rpm or dpkg is writing: from 2.39 on.</summary>
    public bool SkipsPackageTemporaries { get; init; }

    /// <summary>Whether it leaves links to the dynamic linker alone, as Debian's does.</summary>
    public bool LeavesDynamicLinker { get; init; }

    /// <summary>Whether the program is one whose work can be done here.</summary>
    public bool IsKnown => Generator.Length > 0;

    /// <summary>Whether the machine's <c>char</c> has a sign, which decides the order of letters beyond ASCII.</summary>
    public bool HasSignedChar => Machine is ElfConstants.MachineX8664 or ElfConstants.Machine386;

    /// <summary>Finds out about a program.</summary>
    /// <param name="program">The program's bytes.</param>
    public static LdconfigProgram Inspect(ReadOnlySpan<byte> program)
    {
        // One literal in the program: "ldconfig " PKGVERSION RELEASE " release version " VERSION.
        var generator = Facts.ProgramText.Find(program, "ldconfig ("u8, 200).Select(found => found.Text).FirstOrDefault(text => text.Contains(" release version ", StringComparison.Ordinal));
        if (generator is null || program.Length < 20 || !program.StartsWith("\u007fELF"u8))
        {
            return Unknown;
        }

        var isBigEndian = program[5] == 2;
        var machine = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(program[18..]) : BinaryPrimitives.ReadUInt16LittleEndian(program[18..]);
        return new LdconfigProgram
        {
            Generator = generator,
            Machine = machine,
            IsBigEndian = isBigEndian,
            SystemFolders = [.. Expand(FindSystemFolders(program), machine)],
            RecordsKernelVersions = program.IndexOf(", OS ABI: "u8) >= 0,
            HasLegacyFolders = program.IndexOf("%s: (hwcap: %#."u8) >= 0,
            SkipsPackageTemporaries = VersionOf(generator) >= new Version(2, 39),
            LeavesDynamicLinker = program.IndexOf(" is the dynamic linker, ignoring"u8) >= 0,
        };
    }

    private static Version VersionOf(string generator) =>
        Version.TryParse(generator[(generator.LastIndexOf(' ') + 1)..], out var version) ? version : new Version(0, 0);

    // The dynamic loader's own list is linked into the program: texts that end in slashes, one after the other. Its first
    // two are the folders that glibc was built for; ldconfig begins with the same.
    private static List<string> FindSystemFolders(ReadOnlySpan<byte> program)
    {
        foreach (var beginning in (ReadOnlySpan<string>)["/lib", "/usr/lib"])
        {
            foreach (var (offset, text) in Facts.ProgramText.Find(program, System.Text.Encoding.ASCII.GetBytes(beginning), 100))
            {
                var folders = new List<string>();
                for (var (at, next) = (offset, text); next.Length > 1 && next[0] == '/' && next[^1] == '/'; next = TextAt(program, at))
                {
                    folders.Add(next[..^1]);
                    at += next.Length + 1;
                }

                if (folders.Count > 0)
                {
                    return folders;
                }
            }
        }

        return [];
    }

    private static string TextAt(ReadOnlySpan<byte> program, int offset)
    {
        var rest = program[Math.Min(offset, program.Length)..];
        var end = rest[..Math.Min(rest.Length, 100)].IndexOf((byte)0);
        return end <= 0 ? "" : System.Text.Encoding.Latin1.GetString(rest[..end]);
    }

    // add_system_dir of sysdeps/unix/sysv/linux/*/dl-cache.h: where two word sizes live side by side, each folder stands for both.
    private static IEnumerable<string> Expand(List<string> folders, ushort machine)
    {
        foreach (var (i, folder) in folders.Index())
        {
            string[] siblings = machine switch
            {
                ElfConstants.MachineX8664 => ["64", "x32"],
                ElfConstants.MachineAArch64 => ["64", "ilp32"],
                ElfConstants.MachineS390 or ElfConstants.MachinePowerPC64 => ["64"],
                _ => [],
            };
            var plain = Array.Find(siblings, sibling => folder.EndsWith("/lib" + sibling, StringComparison.Ordinal)) is { } suffix ? folder[..^suffix.Length] : folder;

            // What follows the first two has been added by a distribution that has folders by architecture; it means itself.
            if (i > 1 || siblings.Length == 0 || !plain.EndsWith("/lib", StringComparison.Ordinal))
            {
                yield return folder;
                continue;
            }

            yield return plain;
            foreach (var sibling in siblings)
            {
                yield return plain + sibling;
            }
        }
    }
}
