namespace NodeImage.Compose.SystemDatabases.Elf;

/// <summary>Numbers of the ELF format: <c>elf(5)</c>, the System V gABI, and the processor supplements.</summary>
internal static class ElfConstants
{
    public const ushort TypeShared = 3;

    public const ushort Machine386 = 3;
    public const ushort MachinePowerPC64 = 21;
    public const ushort MachineS390 = 22;
    public const ushort MachineX8664 = 62;
    public const ushort MachineAArch64 = 183;

    public const uint SegmentLoad = 1;
    public const uint SegmentDynamic = 2;
    public const uint SegmentInterpreter = 3;
    public const uint SegmentNote = 4;
    public const uint SegmentGnuProperty = 0x6474e553;

    public const ulong DynamicNull = 0;
    public const ulong DynamicNeeded = 1;
    public const ulong DynamicStringTable = 5;
    public const ulong DynamicSoname = 14;

    public const uint NoteAbiTag = 1;
    public const uint NoteGnuProperty = 5;
    public const uint PropertyX86IsaNeeded = 0xc0008002;

    public const ushort SectionUndefined = 0;

    public const uint ArmAbiVersionMask = 0xff000000;
    public const uint ArmAbiVersion5 = 0x05000000;
    public const uint ArmAbiFloatSoft = 0x200;
    public const uint ArmAbiFloatHard = 0x400;
}
