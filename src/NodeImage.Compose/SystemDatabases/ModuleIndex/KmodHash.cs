using System.Buffers.Binary;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>
/// The order in which kmod goes through its hash tables: <c>shared/hash.c</c>. It shows in what depmod writes.
/// </summary>
/// <param name="buckets">How many buckets the table has: a power of two.</param>
/// <param name="isBigEndian">How the machine reads numbers.</param>
internal sealed class KmodHash(uint buckets, bool isBigEndian)
{
    /// <summary>Sorts by keys: bucket by bucket, and by bytes in each.</summary>
    public T[] Sort<T>(IEnumerable<T> values, Func<T, string> key)
    {
        var sorted = values.Select(value => (Bucket: Hash(key(value)) & (buckets - 1), Key: key(value), Value: value)).ToArray();
        Array.Sort(sorted, static (a, b) => a.Bucket != b.Bucket ? a.Bucket.CompareTo(b.Bucket) : string.CompareOrdinal(a.Key, b.Key));
        return Array.ConvertAll(sorted, entry => entry.Value);
    }

    // Paul Hsieh's hash, with the finish that kmod gives it.
    private uint Hash(string key)
    {
        Span<byte> bytes = key.Length <= 512 ? stackalloc byte[key.Length] : new byte[key.Length];
        System.Text.Encoding.Latin1.GetBytes(key, bytes);
        var hash = (uint)bytes.Length;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash += Pair(rest);
            hash = (hash << 16) ^ ((Pair(rest[2..]) << 11) ^ hash);
            hash += hash >> 11;
        }

        switch (rest.Length)
        {
            case 3:
                hash += Pair(rest);
                hash ^= hash << 16;
                hash ^= (uint)(sbyte)rest[2] << 18;
                hash += hash >> 11;
                break;
            case 2:
                hash += Pair(rest);
                hash ^= hash << 11;
                hash += hash >> 17;
                break;
            case 1:
                hash += (uint)(sbyte)rest[0];
                hash ^= hash << 10;
                hash += hash >> 1;
                break;
            default:
                break;
        }

        hash ^= hash << 3;
        hash += hash >> 5;
        hash ^= hash << 4;
        hash += hash >> 17;
        hash ^= hash << 25;
        return hash + (hash >> 6);
    }

    private uint Pair(ReadOnlySpan<byte> bytes) => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
