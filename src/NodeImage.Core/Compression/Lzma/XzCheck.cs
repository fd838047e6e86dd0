using System.IO.Hashing;
using System.Security.Cryptography;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>The integrity check of an xz block, section 3.4 of the format's specification.</summary>
internal sealed class XzCheck : IDisposable
{
    private const int None = 0;
    private const int Crc32Id = 1;
    private const int Crc64Id = 4;
    private const int Sha256Id = 10;

    private readonly Crc32? _crc32;
    private readonly XzCrc64? _crc64;
    private readonly IncrementalHash? _sha256;

    /// <summary>Begins a check.</summary>
    /// <param name="id">Its kind, as the flags of the stream name it.</param>
    /// <exception cref="InvalidDataException">The kind is none that the specification defines.</exception>
    public XzCheck(int id)
    {
        (Size, _crc32, _crc64, _sha256) = id switch
        {
            None => (0, (Crc32?)null, (XzCrc64?)null, (IncrementalHash?)null),
            Crc32Id => (sizeof(uint), new Crc32(), null, null),
            Crc64Id => (sizeof(ulong), null, new XzCrc64(), null),
            Sha256Id => (SHA256.HashSizeInBytes, null, null, IncrementalHash.CreateHash(HashAlgorithmName.SHA256)),
            _ => throw new InvalidDataException($"The xz data has an integrity check of the unknown kind {id}."),
        };
    }

    /// <summary>How many bytes the value of the check has.</summary>
    public int Size { get; }

    /// <summary>Takes in data.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _crc32?.Append(data);
        _crc64?.Append(data);
        _sha256?.AppendData(data);
    }

    /// <summary>Ends the check and tells whether the data is what it was.</summary>
    /// <param name="expected">The value in the file, <see cref="Size"/> bytes.</param>
    public bool Matches(ReadOnlySpan<byte> expected)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        _crc32?.GetCurrentHash(actual);
        _crc64?.GetCurrentHash(actual);
        _sha256?.GetHashAndReset(actual);
        return expected.SequenceEqual(actual[..Size]);
    }

    public void Dispose() => _sha256?.Dispose();
}
