using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NodeImage.Compose.Installing;

/// <summary>
/// File capabilities: from the text that packages carry (<c>cap_from_text(3)</c>) to the attribute that the kernel reads
/// (<c>struct vfs_cap_data</c>, revision 2, in <c>linux/capability.h</c>).
/// </summary>
internal static class FileCapabilities
{
    /// <summary>The extended attribute that holds them.</summary>
    public const string Attribute = "security.capability";

    private const uint Revision2 = 0x0200_0000;
    private const uint EffectiveFlag = 1;

    // In the kernel's order, from linux/capability.h.
    private static readonly string[] Names =
    [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable",
        "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot",
        "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease",
        "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read",
        "perfmon", "bpf", "checkpoint_restore",
    ];

    /// <summary>Reads capabilities.</summary>
    /// <param name="text">Clauses such as <c>cap_net_raw=ep</c> or <c>= cap_setuid,cap_setgid+p</c>.</param>
    /// <param name="attribute">The attribute's value, when the result is true.</param>
    /// <returns>False where the text makes no sense, or asks for what a file cannot have.</returns>
    public static bool TryEncode(string text, [NotNullWhen(true)] out ImmutableArray<byte>? attribute)
    {
        attribute = null;
        var (effective, permitted, inheritable) = (0UL, 0UL, 0UL);
        foreach (var clause in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var at = clause.AsSpan().IndexOfAny("=+-");
            if (at < 0 || !TrySelect(clause[..at], out var selected))
            {
                return false;
            }

            for (var i = at; i < clause.Length;)
            {
                var op = clause[i++];
                var end = i;
                while (end < clause.Length && clause[end] is 'e' or 'i' or 'p')
                {
                    end++;
                }

                var flags = clause[i..end];
                if (op is not ('=' or '+' or '-') || (end < clause.Length && clause[end] is not ('+' or '-')))
                {
                    return false;
                }

                effective = Apply(effective, selected, op, flags.Contains('e', StringComparison.Ordinal));
                permitted = Apply(permitted, selected, op, flags.Contains('p', StringComparison.Ordinal));
                inheritable = Apply(inheritable, selected, op, flags.Contains('i', StringComparison.Ordinal));
                i = end;
            }
        }

        // A file has one effective bit for all: the kernel raises all of its capabilities or none.
        if (effective != 0 && effective != (permitted | inheritable))
        {
            return false;
        }

        var bytes = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Revision2 | (effective != 0 ? EffectiveFlag : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)permitted);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)inheritable);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)(permitted >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), (uint)(inheritable >> 32));
        attribute = [.. bytes];
        return true;
    }

    private static ulong Apply(ulong set, ulong selected, char op, bool named) => op switch
    {
        '=' => named ? set | selected : set & ~selected,
        '+' => named ? set | selected : set,
        _ => named ? set & ~selected : set,
    };

    private static bool TrySelect(string names, out ulong selected)
    {
        selected = 0;
        if (names.Length == 0 || names.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            selected = (1UL << Names.Length) - 1;
            return true;
        }

        foreach (var name in names.Split(','))
        {
            var number = name.StartsWith("cap_", StringComparison.OrdinalIgnoreCase)
                ? Array.FindIndex(Names, known => known.Equals(name[4..], StringComparison.OrdinalIgnoreCase))
                : -1;
            if (number < 0)
            {
                return false;
            }

            selected |= 1UL << number;
        }

        return true;
    }
}
