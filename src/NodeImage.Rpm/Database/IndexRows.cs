using System.Buffers.Binary;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>Takes a row of a table.</summary>
/// <param name="key">The key.</param>
/// <param name="index">Which item of the package's entry it is.</param>
internal delegate void IndexRowWriter(ReadOnlySpan<byte> key, uint index);

/// <summary>Makes the rows of a package in each table (<c>tag2index</c> in rpm's <c>lib/rpmdb.c</c>).</summary>
internal static class IndexRows
{
    private const DependencyFlags InstallOnly = DependencyFlags.ScriptPre | DependencyFlags.ScriptPost | DependencyFlags.RpmLib
        | DependencyFlags.KeyRing | DependencyFlags.ScriptPreTransaction | DependencyFlags.ScriptPostTransaction;

    private const DependencyFlags EraseOnly = DependencyFlags.ScriptPreUninstall | DependencyFlags.ScriptPostUninstall;

    /// <summary>Makes the rows of a package in a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="header">The package's header.</param>
    /// <param name="bigEndian">Whether numbers are stored most significant byte first.</param>
    /// <param name="write">Takes the rows.</param>
    public static void Write(IndexTable table, RpmHeader header, bool bigEndian, IndexRowWriter write)
    {
        switch (table.Tag)
        {
            case RpmTag.InstallTid:
                WriteNumber(header.GetNumber(table.Tag), bigEndian, write);
                break;
            case RpmTag.SigMd5:
                WriteBytes(header.GetBytes(table.Tag).Span, write);
                break;
            case RpmTag.Group when !header.Contains(RpmTag.Group):
                write("Unknown"u8, 0);
                break;
            case RpmTag.TriggerName:
                WriteDistinct(header.GetStringData(table.Tag), write);
                break;
            case RpmTag.FileTriggerName:
                WriteIndexed(header.GetStringData(table.Tag), header.GetUInt32s(RpmTag.FileTriggerIndex), write);
                break;
            case RpmTag.TransFileTriggerName:
                WriteIndexed(header.GetStringData(table.Tag), header.GetUInt32s(RpmTag.TransFileTriggerIndex), write);
                break;
            case RpmTag.RequireName:
                WriteDependencies(header.GetStringData(table.Tag), header.GetUInt32s(RpmTag.RequireFlags), write);
                break;
            case RpmTag.ConflictName or RpmTag.SuggestName or RpmTag.SupplementName or RpmTag.RecommendName or RpmTag.EnhanceName:
                WriteDependencies(header.GetStringData(table.Tag), [], write);
                break;
            default:
                WriteStrings(header.GetStringData(table.Tag), table.IsArray, write);
                break;
        }
    }

    private static void WriteNumber(ulong? number, bool bigEndian, IndexRowWriter write)
    {
        if (number is not { } value)
        {
            return;
        }

        Span<byte> key = stackalloc byte[sizeof(uint)];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key, (uint)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(key, (uint)value);
        }

        write(key, 0);
    }

    private static void WriteBytes(ReadOnlySpan<byte> bytes, IndexRowWriter write)
    {
        if (!bytes.IsEmpty)
        {
            write(bytes, 0);
        }
    }

    // Of translations only the first is found by.
    private static void WriteStrings(RpmStringData strings, bool all, IndexRowWriter write)
    {
        for (uint i = 0; strings.MoveNext() && (all || i == 0); i++)
        {
            write(strings.Current, i);
        }
    }

    private static void WriteDistinct(RpmStringData strings, IndexRowWriter write)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (uint i = 0; strings.MoveNext(); i++)
        {
            if (seen.Add(System.Text.Encoding.Latin1.GetString(strings.Current)))
            {
                write(strings.Current, i);
            }
        }
    }

    private static void WriteIndexed(RpmStringData strings, uint[] indexes, IndexRowWriter write)
    {
        for (var i = 0; strings.MoveNext(); i++)
        {
            write(strings.Current, i < indexes.Length ? indexes[i] : 0);
        }
    }

    private static void WriteDependencies(RpmStringData names, uint[] flags, IndexRowWriter write)
    {
        for (var i = 0; names.MoveNext(); i++)
        {
            if (i < flags.Length && IsTransient((DependencyFlags)flags[i]))
            {
                continue;
            }

            write(names.Current, (uint)i);
            if (names.Current.StartsWith("("u8))
            {
                foreach (var key in RichDependencyKeys.Of(RpmText.Decode(names.Current)))
                {
                    write(key, (uint)i);
                }
            }
        }
    }

    // What is needed only while packages are being installed has done its work.
    private static bool IsTransient(DependencyFlags flags) =>
        (flags & InstallOnly) != 0 && (flags & EraseOnly) == 0 && (flags & DependencyFlags.Meta) == 0;
}
