using System.Buffers.Binary;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Writes databases of the kind ndb.</summary>
internal static class NdbBuilder
{
    /// <summary>Writes a database with one page of slots.</summary>
    public static byte[] Build(params (uint Number, byte[] Header)[] packages)
    {
        var slots = new byte[4096];
        byte[] start = [.. "RpmP"u8, .. Number(0), .. Number(1), .. Number(1), .. Number(10)];
        start.CopyTo(slots, 0);
        for (var position = 32; position < slots.Length; position += 16)
        {
            "Slot"u8.CopyTo(slots.AsSpan(position));
        }

        var blobs = new List<byte>();
        for (var i = 0; i < packages.Length; i++)
        {
            var (number, header) = packages[i];
            byte[] slot = [.. "Slot"u8, .. Number(number), .. Number((uint)((4096 + blobs.Count) / 16)), .. Number((uint)((header.Length + 28 + 15) / 16))];
            slot.CopyTo(slots, 32 + (i * 16));
            byte[] stored = [.. "BlbS"u8, .. Number(number), .. Number(1), .. Number((uint)header.Length), .. header];
            stored = [.. stored, .. new byte[(16 - ((stored.Length + 12) % 16)) % 16]];
            blobs.AddRange([.. stored, .. Number(Adler(stored)), .. Number((uint)header.Length), .. "BlbE"u8]);
        }

        return [.. slots, .. blobs];
    }

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static uint Adler(byte[] data)
    {
        var (low, high) = (1u, 0u);
        foreach (var octet in data)
        {
            low = (low + octet) % 65521;
            high = (high + low) % 65521;
        }

        return (high << 16) | low;
    }
}
