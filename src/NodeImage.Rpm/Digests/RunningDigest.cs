using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace NodeImage.Rpm.Digests;

/// <summary>A digest that is fed piece by piece: by the platform where it has the algorithm, else by Bouncy Castle.</summary>
public sealed class RunningDigest : IDisposable
{
    private readonly IncrementalHash? _platform;
    private readonly IDigest? _other;

    private RunningDigest(DigestAlgorithm algorithm)
    {
        Algorithm = algorithm;
        if (DigestAlgorithms.PlatformNameOf(algorithm) is { } name)
        {
            _platform = IncrementalHash.CreateHash(name);
            return;
        }

        _other = OpenOther(algorithm);
    }

    /// <summary>The algorithm.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>Begins a digest.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The digest, or null where the algorithm is not known; the caller disposes of it.</returns>
    public static RunningDigest? TryCreate(DigestAlgorithm algorithm) =>
        DigestAlgorithms.SizeOf(algorithm) == 0 ? null : new RunningDigest(algorithm);

    /// <summary>Digests bytes held in memory.</summary>
    /// <param name="algorithm">A known algorithm.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>Their digest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is not known.</exception>
    public static byte[] Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        using var digest = TryCreate(algorithm) ?? throw new ArgumentOutOfRangeException(nameof(algorithm));
        digest.Append(data);
        return digest.Finish();
    }

    /// <summary>Feeds more bytes.</summary>
    /// <param name="data">The bytes.</param>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_platform is not null)
        {
            _platform.AppendData(data);
        }
        else
        {
            _other!.BlockUpdate(data);
        }
    }

    /// <summary>Ends the digest; another one can be begun by feeding more.</summary>
    /// <returns>The digest.</returns>
    public byte[] Finish()
    {
        if (_platform is not null)
        {
            return _platform.GetHashAndReset();
        }

        var digest = new byte[_other!.GetDigestSize()];
        _other.DoFinal(digest, 0);
        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => _platform?.Dispose();

    // Kept apart so that Bouncy Castle is not even loaded for the common algorithms.
    private static IDigest OpenOther(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.RipeMd160 => new RipeMD160Digest(),
        DigestAlgorithm.Sha224 => new Sha224Digest(),
        DigestAlgorithm.Sha3Of256 => new Sha3Digest(256),
        DigestAlgorithm.Sha3Of512 => new Sha3Digest(512),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
