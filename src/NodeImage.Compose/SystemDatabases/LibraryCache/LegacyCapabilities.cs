using NodeImage.Compose.SystemDatabases.Elf;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>
/// The folders for features of processors that glibc knew up to 2.36, by the names and numbers of <c>dl-procinfo</c> and
/// <c>dl-hwcap</c> in <c>sysdeps</c>.
/// </summary>
internal static class LegacyCapabilities
{
    // Where libraries were that know thread-local storage, on every machine.
    private const string Tls = "tls";
    private const int TlsBit = 63;

    private static readonly MachineCapabilities X86 = new(
        ["sse2", "x86_64", "avx512_1"],
        ["sse2", "x86_64", "avx512_1"],
        48,
        ["i586", "i686", "haswell", "xeon_phi"]);

    private static readonly MachineCapabilities AArch64 = new(
        [
            "fp", "asimd", "evtstrm", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp", "asimdhp", "cpuid", "asimdrdm", "jscvt",
            "fcma", "lrcpc", "dcpop", "sha3", "sm3", "sm4", "asimddp", "sha512", "sve", "asimdfhm", "dit", "uscat", "ilrcpc", "flagm",
            "ssbs", "sb", "paca", "pacg",
        ],
        ["atomics"],
        0,
        []);

    private static readonly MachineCapabilities S390 = new(
        [
            "esan3", "zarch", "stfle", "msa", "ldisp", "eimm", "dfp", "edat", "etf3eh", "highgprs", "te", "vx", "vxd", "vxe", "gs", "vxe2",
            "vxp", "sort", "dflt", "vxp2", "nnpa",
        ],
        ["zarch", "ldisp", "eimm", "dfp", "vx", "vxe", "vxe2"],
        32,
        ["g5", "z900", "z990", "z9-109", "z10", "z196", "zEC12", "z13", "z14", "z15", "z16"]);

    private static readonly MachineCapabilities PowerPC = new(
        [
            "ppcle", "true_le", "", "", "", "", "archpmu", "vsx", "arch_2_06", "power6x", "dfp", "pa6t", "arch_2_05", "ic_snoop", "smt",
            "booke", "cellbe", "power5+", "power5", "power4", "notb", "efpdouble", "efpsingle", "spe", "ucache", "4xxmac", "mmu", "fpu",
            "altivec", "ppc601", "ppc64", "ppc32", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "mma", "arch_3_1",
            "htm-no-suspend", "scv", "darn", "ieee128", "arch_3_00", "htm-nosc", "vcrypto", "tar", "isel", "ebb", "dscr", "htm", "arch_2_07",
        ],
        ["altivec", "dfp"],
        32,
        [
            "power4", "ppc970", "power5", "power5+", "power6", "ppc-cell-be", "power6x", "power7", "ppca2", "ppc405", "ppc440", "ppc464",
            "ppc476", "power8", "power9", "power10",
        ]);

    /// <summary>Whether a folder of a name is looked into.</summary>
    public static bool IsSearched(LdconfigProgram program, string name) =>
        program.HasLegacyFolders
        && (name == Tls || (Of(program.Machine) is { } machine && (machine.Searched.Contains(name) || machine.Platforms.Contains(name))));

    /// <summary>The features that the last names of a path stand for, as bits.</summary>
    public static ulong Of(LdconfigProgram program, string path)
    {
        var features = 0ul;
        if (!program.HasLegacyFolders)
        {
            return features;
        }

        foreach (var name in path.Split('/').Skip(1).Reverse())
        {
            var bit = Of(program.Machine)?.BitOf(name) ?? -1;
            if (bit < 0 && name != Tls)
            {
                break;
            }

            features += 1ul << (bit < 0 ? TlsBit : bit);
        }

        return features;
    }

    private static MachineCapabilities? Of(ushort machine) => machine switch
    {
        ElfConstants.MachineX8664 or ElfConstants.Machine386 => X86,
        ElfConstants.MachineAArch64 => AArch64,
        ElfConstants.MachineS390 => S390,
        ElfConstants.MachinePowerPC64 => PowerPC,
        _ => null,
    };

    // The features by their bits; those that have folders; the platforms, all of which have.
    private sealed record MachineCapabilities(string[] Features, string[] Searched, int FirstPlatform, string[] Platforms)
    {
        public int BitOf(string name)
        {
            var feature = name.Length == 0 ? -1 : Array.IndexOf(Features, name);
            var platform = feature < 0 ? Array.IndexOf(Platforms, name) : -1;
            return feature >= 0 ? feature : platform >= 0 ? FirstPlatform + platform : -1;
        }
    }
}
