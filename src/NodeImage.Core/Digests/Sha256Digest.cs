using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NodeImage.Core.Digests;

/// <summary>A SHA-256 digest. Its text form is the OCI one, <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public readonly struct Sha256Digest : IEquatable<Sha256Digest>, IComparable<Sha256Digest>
{
    /// <summary>The size of a digest in bytes.</summary>
    public const int Size = 32;

    private const string Prefix = "sha256:";

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes a digest from its 32 bytes.</summary>
    /// <param name="bytes">The bytes, most significant first.</param>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public Sha256Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A SHA-256 digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The 64 lower-case hexadecimal digits, without the algorithm's name.</summary>
    public string Hex
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>Digests bytes held in memory.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>Their digest.</returns>
    public static Sha256Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(data, hash);
        return new Sha256Digest(hash);
    }

    /// <summary>Digests a stream from its current position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <returns>The digest of what was read.</returns>
    public static Sha256Digest Of(Stream stream)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(stream, hash);
        return new Sha256Digest(hash);
    }

    /// <summary>Digests a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The digest of its content.</returns>
    public static Sha256Digest OfFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Of(file);
    }

    /// <summary>Reads a digest as <c>sha256:</c> and 64 hexadecimal digits, or as the digits alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest, when the result is true.</param>
    /// <returns>Whether the text is a SHA-256 digest.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Sha256Digest digest)
    {
        digest = default;
        if (text is null)
        {
            return false;
        }

        var hex = text.AsSpan();
        if (hex.StartsWith(Prefix, StringComparison.Ordinal))
        {
            hex = hex[Prefix.Length..];
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (hex.Length != Size * 2
            || Convert.FromHexString(hex, bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != Size)
        {
            return false;
        }

        digest = new Sha256Digest(bytes);
        return true;
    }

    /// <summary>Reads a digest as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text is not a SHA-256 digest.</exception>
    public static Sha256Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256 digest.");

    /// <summary>Writes the 32 bytes, most significant first.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <inheritdoc/>
    public bool Equals(Sha256Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Sha256Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _a.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Sha256Digest other)
    {
        var order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        order = order != 0 ? order : _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>The OCI text form, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Prefix + Hex;

    /// <summary>Whether two digests are the same.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are the same.</returns>
    public static bool operator ==(Sha256Digest left, Sha256Digest right) => left.Equals(right);

    /// <summary>Whether two digests differ.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they differ.</returns>
    public static bool operator !=(Sha256Digest left, Sha256Digest right) => !left.Equals(right);

    /// <summary>Whether one digest sorts before another.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> is the smaller.</returns>
    public static bool operator <(Sha256Digest left, Sha256Digest right) => left.CompareTo(right) < 0;

    /// <summary>Whether one digest sorts before or with another.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> is not the larger.</returns>
    public static bool operator <=(Sha256Digest left, Sha256Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one digest sorts after another.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> is the larger.</returns>
    public static bool operator >(Sha256Digest left, Sha256Digest right) => left.CompareTo(right) > 0;

    /// <summary>Whether one digest sorts after or with another.</summary>
    /// <param name="left">One digest.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> is not the smaller.</returns>
    public static bool operator >=(Sha256Digest left, Sha256Digest right) => left.CompareTo(right) >= 0;
}
