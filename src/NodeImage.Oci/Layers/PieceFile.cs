using System.IO.Hashing;
using NodeImage.Core.IO;

namespace NodeImage.Oci.Layers;

/// <summary>
/// A compressed piece as the cache keeps it: its bytes, and their XXH128 checksum at the end, so that a damaged one is
/// noticed. Who could forge a piece could forge any checksum; layers are digested anew whatever they are made of.
/// </summary>
internal sealed class PieceFile(Stream output) : WriteOnlyForwardStream
{
    private const int ChecksumSize = 16;

    private readonly XxHash128 _checksum = new();

    public static long CompressedLength(Stream file) => file.Length - ChecksumSize;

    public static bool IsIntact(FileStream file)
    {
        if (file.Length < ChecksumSize)
        {
            return false;
        }

        var actual = new XxHash128();
        actual.Append(new SliceStream(file, CompressedLength(file)));
        Span<byte> expected = stackalloc byte[ChecksumSize];
        file.ReadExactly(expected);
        return actual.GetCurrentHash().AsSpan().SequenceEqual(expected);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _checksum.Append(buffer);
        output.Write(buffer);
    }

    public void Complete() => output.Write(_checksum.GetCurrentHash());
}
