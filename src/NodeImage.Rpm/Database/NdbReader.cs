using System.Buffers.Binary;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>
/// Reads a database of the kind ndb, as SUSE uses it: a file of slots that point at blobs (<c>lib/backend/ndb/rpmpkg.c</c>
/// of rpm). Every blob's sum is checked.
/// </summary>
internal static class NdbReader
{
    private const int HeaderSize = 32;
    private const int PageSize = 4096;
    private const int SlotSize = 16;
    private const int BlockSize = 16;
    private const int BlobHeadSize = 16;
    private const int BlobTailSize = 12;

    // Real ones have some dozens; each holds 256 packages.
    private const uint MaxSlotPages = 4096;

    private static ReadOnlySpan<byte> Magic => "RpmP"u8;

    private static ReadOnlySpan<byte> SlotMagic => "Slot"u8;

    private static ReadOnlySpan<byte> BlobMagic => "BlbS"u8;

    private static ReadOnlySpan<byte> BlobEndMagic => "BlbE"u8;

    /// <summary>Whether a file is a database of this kind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True when it begins as one.</returns>
    public static bool IsNdb(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual(Magic);
    }

    /// <summary>Reads a database.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its packages.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2402: it is damaged.</exception>
    public static RpmDatabase Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        var header = new byte[HeaderSize];
        Fill(file, 0, header, path);
        var version = Number(header, 4);
        var pages = Number(header, 12);
        if (version != 0 || pages is 0 or > MaxSlotPages)
        {
            throw DatabaseDiagnostics.Damaged.Error(null, path, $"its version is {version} and it announces {pages} pages of slots");
        }

        var slots = new byte[pages * PageSize];
        Fill(file, 0, slots, path);
        var packages = new SortedDictionary<uint, InstalledPackage>();
        for (var position = HeaderSize; position < slots.Length; position += SlotSize)
        {
            var slot = slots.AsSpan(position, SlotSize);
            if (!slot.StartsWith(SlotMagic))
            {
                throw DatabaseDiagnostics.Damaged.Error(null, path, "a slot does not begin as one");
            }

            var (number, block) = (Number(slot, 4), Number(slot, 8));
            if (block != 0 && !packages.TryAdd(number, ReadPackage(file, number, block, Number(slot, 12), pages, path)))
            {
                throw DatabaseDiagnostics.Damaged.Error(null, path, $"two packages have the number {number}");
            }
        }

        var last = Math.Max(Number(header, 16), 1) - 1;
        return new RpmDatabase([.. packages.Values], Math.Max(last, packages.Count > 0 ? packages.Keys.Last() : 0));
    }

    private static InstalledPackage ReadPackage(FileStream file, uint number, uint block, uint blocks, uint pages, string path)
    {
        var size = (long)blocks * BlockSize;
        if (number == 0 || block < pages * (PageSize / BlockSize) || size > RpmHeaderLimits.MaxSize
            || ((long)block * BlockSize) + size > file.Length || size < BlobHeadSize + BlobTailSize)
        {
            throw DatabaseDiagnostics.Damaged.Error(null, path, $"the slot of package {number} points outside the file");
        }

        var stored = new byte[size];
        Fill(file, (long)block * BlockSize, stored, path);
        var length = Number(stored, 12);
        var tail = stored.AsSpan((int)size - BlobTailSize);
        if (!stored.AsSpan().StartsWith(BlobMagic) || Number(stored, 4) != number || !tail.EndsWith(BlobEndMagic)
            || length != Number(tail, 4) || length > size - BlobHeadSize - BlobTailSize)
        {
            throw DatabaseDiagnostics.Damaged.Error(null, path, $"the header of package {number} does not begin or end as one");
        }

        // The sum covers the blob with its head and padding, but not the sum itself.
        if (Adler32(stored.AsSpan(0, (int)size - BlobTailSize)) != Number(tail, 0))
        {
            throw DatabaseDiagnostics.Damaged.Error(null, path, $"the sum of the header of package {number} does not fit");
        }

        var header = RpmHeader.Parse(stored.AsMemory(BlobHeadSize, (int)length), RpmHeaderKind.Installed, path);
        return new InstalledPackage(number, header);
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        const uint Modulus = 65521;
        const int Run = 5552;
        var (low, high) = (1u, 0u);
        while (!data.IsEmpty)
        {
            var run = data[..Math.Min(Run, data.Length)];
            foreach (var octet in run)
            {
                low += octet;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            data = data[run.Length..];
        }

        return (high << 16) | low;
    }

    private static void Fill(FileStream file, long offset, Span<byte> destination, string path)
    {
        file.Position = offset;
        if (file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw DatabaseDiagnostics.Damaged.Error(null, path, "it ends too early");
        }
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
