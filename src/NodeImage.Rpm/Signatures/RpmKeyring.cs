using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.OpenPgp;

namespace NodeImage.Rpm.Signatures;

/// <summary>The keys that packages and metadata are verified with. Add all keys before it is shared between threads.</summary>
public sealed class RpmKeyring
{
    // No key file comes near it.
    private const int MaxFileSize = 4 * 1024 * 1024;

    private readonly List<RpmPublicKey> _keys = [];
    private readonly Dictionary<ulong, List<RpmPublicKey>> _byId = [];

    /// <summary>The keys, in the order in which they were added.</summary>
    public IReadOnlyList<RpmPublicKey> Keys => _keys;

    /// <summary>Adds the keys of a file.</summary>
    /// <param name="path">The file, in ASCII or binary form, with one key or several.</param>
    /// <returns>How many keys and subkeys are new.</returns>
    /// <exception cref="DiagnosticException">NI2101: it cannot be read, or no key in it is of use.</exception>
    public int AddFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.Length > MaxFileSize)
            {
                throw SignatureDiagnostics.UnusableKeyFile.Error(null, path, $"it has {stream.Length} bytes");
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return Add(content, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SignatureDiagnostics.UnusableKeyFile.Wrap(e, null, path, e.Message);
        }
    }

    /// <summary>Adds the keys that a file holds.</summary>
    /// <param name="content">The file's content, in ASCII or binary form, with one key or several.</param>
    /// <param name="source">The file, for messages.</param>
    /// <returns>How many keys and subkeys are new. Keys of kinds that are not known are passed over.</returns>
    /// <exception cref="DiagnosticException">NI2101: no key in it is of use.</exception>
    public int Add(ReadOnlySpan<byte> content, string source)
    {
        var blocks = OpenPgpArmor.IsArmored(content) ? OpenPgpArmor.Read(content, OpenPgpArmor.PublicKeyBlock) : [content.ToArray()];
        var (sound, added) = (0, 0);
        foreach (var certificate in blocks.OfType<byte[]>().SelectMany(block => OpenPgpCertificate.ReadAll(block)).OfType<OpenPgpCertificate>())
        {
            sound++;
            added += certificate.SigningKeys.Count(key => TryAdd(new RpmPublicKey(key, certificate)));
        }

        return sound > 0 ? added : throw SignatureDiagnostics.UnusableKeyFile.Error(null, source, "none in it could be read");
    }

    /// <summary>Finds keys by their identifier. Different keys may have the same.</summary>
    /// <param name="keyId">The identifier.</param>
    /// <returns>The keys.</returns>
    internal IReadOnlyList<RpmPublicKey> Find(ulong keyId) => _byId.TryGetValue(keyId, out var keys) ? keys : [];

    private bool TryAdd(RpmPublicKey key)
    {
        if (!_byId.TryGetValue(key.Key.KeyId, out var same))
        {
            _byId[key.Key.KeyId] = same = [];
        }

        var known = same.FindIndex(other => other.Key.Fingerprint.Span.SequenceEqual(key.Key.Fingerprint.Span));
        if (known >= 0)
        {
            // A later copy may bring the word that the key has been revoked.
            if (key.IsRevoked && !same[known].IsRevoked)
            {
                _keys[_keys.IndexOf(same[known])] = key;
                same[known] = key;
            }

            return false;
        }

        same.Add(key);
        _keys.Add(key);
        return true;
    }
}
