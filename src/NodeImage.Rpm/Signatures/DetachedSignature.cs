using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.OpenPgp;

namespace NodeImage.Rpm.Signatures;

/// <summary>Verifies a signature that lies beside what it is over, such as <c>repomd.xml.asc</c>.</summary>
public static class DetachedSignature
{
    /// <summary>Verifies signatures over a file. One that holds is enough; a file may be signed by several keys.</summary>
    /// <param name="content">The file.</param>
    /// <param name="signature">The signatures, in ASCII or binary form.</param>
    /// <param name="keyring">The keys.</param>
    /// <param name="source">The file, for messages.</param>
    /// <returns>The key whose signature holds.</returns>
    /// <exception cref="DiagnosticException">NI2102: there is no signature. NI2103: none of the keys made it. NI2104: it does not
    /// verify. NI2107: its key has been revoked.</exception>
    public static RpmPublicKey Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, RpmKeyring keyring, string source)
    {
        DiagnosticException? failure = null;
        foreach (var candidate in Read(signature))
        {
            if (candidate is not { Type: OpenPgpSignatureType.Binary } || candidate.BeginDigest() is not { } digest)
            {
                failure ??= SignatureDiagnostics.BadSignature.Error(null, source, "it is malformed, or of a kind that is not read");
                continue;
            }

            using (digest)
            {
                digest.Append(content);
                var hash = candidate.FinishDigest(digest);
                var keys = keyring.Find(candidate.Issuer);
                var maker = keys.FirstOrDefault(key => OpenPgpVerifier.Verify(key.Key, candidate, hash));
                if (maker is { IsRevoked: false })
                {
                    return maker;
                }

                failure = Explain(candidate, keys.Count > 0, maker, keyring, source);
            }
        }

        throw failure ?? SignatureDiagnostics.Unsigned.Error(null, source);
    }

    private static DiagnosticException Explain(OpenPgpSignature signature, bool isKeyKnown, RpmPublicKey? maker, RpmKeyring keyring, string source)
    {
        var keyId = $"{signature.Issuer:x16}";
        if (maker is not null)
        {
            return SignatureDiagnostics.RevokedKey.Error(null, source, keyId, maker.UserId);
        }

        return isKeyKnown
            ? SignatureDiagnostics.BadSignature.Error(null, source, $"signature by the key {keyId}")
            : SignatureDiagnostics.NoKey.Error(null, source, keyId, string.Join(", ", keyring.Keys));
    }

    private static List<OpenPgpSignature?> Read(ReadOnlySpan<byte> content)
    {
        var blocks = OpenPgpArmor.IsArmored(content) ? OpenPgpArmor.Read(content, OpenPgpArmor.SignatureBlock) : [content.ToArray()];
        var signatures = new List<OpenPgpSignature?>();
        foreach (var block in blocks)
        {
            ReadOnlyMemory<byte> rest = block;
            while (!rest.IsEmpty && OpenPgpPacket.TryTake(ref rest, out var packet))
            {
                signatures.Add(packet.Tag == OpenPgpPacketTag.Signature ? OpenPgpSignature.Read(packet.Body) : null);
            }

            if (block is null || !rest.IsEmpty)
            {
                signatures.Add(null);
            }
        }

        return signatures;
    }
}
