using System.Security.Cryptography;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;

namespace NodeImage.Oci.Layers;

/// <summary>A compressed piece as the cache keeps it: its bytes, and their digest at the end, so that a damaged one is noticed.</summary>
internal sealed class PieceFile(Stream output) : WriteOnlyForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static long CompressedLength(Stream file) => file.Length - Sha256Digest.Size;

    public static bool IsIntact(FileStream file)
    {
        if (file.Length < Sha256Digest.Size)
        {
            return false;
        }

        var actual = Sha256Digest.Of(new SliceStream(file, CompressedLength(file)));
        Span<byte> expected = stackalloc byte[Sha256Digest.Size];
        file.ReadExactly(expected);
        return actual == new Sha256Digest(expected);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        output.Write(buffer);
    }

    public void Complete() => output.Write(_hash.GetHashAndReset());

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
