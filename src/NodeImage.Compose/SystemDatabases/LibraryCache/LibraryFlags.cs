using NodeImage.Compose.SystemDatabases.Elf;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>What a library is for, in the cache's numbers: <c>sysdeps/generic/ldconfig.h</c> and the machines' <c>readelflib.c</c>.</summary>
internal static class LibraryFlags
{
    private const int Libc6 = (int)LibraryType.Libc6;
    private const int X8664 = 0x0300;
    private const int S390 = 0x0400;
    private const int PowerPC64 = 0x0500;
    private const int X32 = 0x0800;
    private const int ArmHardFloat = 0x0900;
    private const int AArch64 = 0x0a00;
    private const int ArmSoftFloat = 0x0b00;

    /// <summary>The flags of a library, or null where the image's ldconfig passes over it.</summary>
    public static int? Of(LdconfigProgram program, LibraryFact library)
    {
        // The tool reads numbers as its own machine does, and so makes no sense of the other order.
        if (!library.IsLibrary || library.IsBigEndian != program.IsBigEndian)
        {
            return null;
        }

        var plain = program.HasLegacyFolders && !library.NeedsGlibc ? (int)LibraryType.Elf : Libc6;
        return program.Machine switch
        {
            ElfConstants.MachineX8664 or ElfConstants.Machine386 => (library.Machine, library.Is64) switch
            {
                (ElfConstants.MachineX8664, true) => X8664 | Libc6,
                (ElfConstants.MachineX8664, false) => X32 | Libc6,
                (ElfConstants.Machine386, false) => plain,
                _ => null,
            },
            ElfConstants.MachineAArch64 => library.Is64 ? AArch64 | Libc6 : Arm(library, plain),
            ElfConstants.MachineS390 => library.Is64 ? S390 | Libc6 : plain,
            ElfConstants.MachinePowerPC64 => library.Is64 ? PowerPC64 | Libc6 : plain,
            _ => null,
        };
    }

    private static int Arm(LibraryFact library, int plain) =>
        (library.MachineFlags & ElfConstants.ArmAbiVersionMask) != ElfConstants.ArmAbiVersion5 ? plain
        : (library.MachineFlags & ElfConstants.ArmAbiFloatHard) != 0 ? ArmHardFloat | Libc6
        : (library.MachineFlags & ElfConstants.ArmAbiFloatSoft) != 0 ? ArmSoftFloat | Libc6
        : Libc6;
}
