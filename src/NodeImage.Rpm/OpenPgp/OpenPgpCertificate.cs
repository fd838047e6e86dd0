using System.Text;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>
/// A public key with its user names and subkeys, and the signatures that hold them together. What counts is what counts
/// to rpm 4.18 (<c>pgpPrtParams</c> and <c>pgpPrtParamsSubkeys</c> in <c>rpmio/rpmpgp_internal.c</c>): a subkey must be
/// followed by a signature of the primary key that binds it, and may sign packages only where that signature says so. When
/// keys expire is left out of account, there as here.
/// </summary>
internal sealed class OpenPgpCertificate
{
    private const byte SignsFlag = 0x02;

    private readonly List<OpenPgpPublicKey> _signingKeys;

    private OpenPgpCertificate(OpenPgpPublicKey primary)
    {
        Primary = primary;
        _signingKeys = [primary];
    }

    /// <summary>The primary key.</summary>
    public OpenPgpPublicKey Primary { get; }

    /// <summary>The first user name, or an empty string.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>Whether the primary key has revoked itself.</summary>
    public bool IsRevoked { get; private set; }

    /// <summary>The keys that may sign packages: the primary key, then subkeys.</summary>
    public IReadOnlyList<OpenPgpPublicKey> SigningKeys => _signingKeys;

    /// <summary>Reads the certificates of a file, one after the other.</summary>
    /// <param name="data">The packets.</param>
    /// <returns>Each certificate, or null for one that is malformed, of an unknown kind, or whose subkeys are not bound to it.</returns>
    public static IEnumerable<OpenPgpCertificate?> ReadAll(ReadOnlyMemory<byte> data)
    {
        var packets = new List<OpenPgpPacket>();
        while (!data.IsEmpty)
        {
            if (!OpenPgpPacket.TryTake(ref data, out var packet))
            {
                // What comes before may be sound, but nothing tells where the broken certificate begins.
                yield return null;
                yield break;
            }

            if (packet.Tag == OpenPgpPacketTag.PublicKey && packets.Count > 0)
            {
                yield return Read(packets);
                packets.Clear();
            }

            packets.Add(packet);
        }

        if (packets.Count > 0)
        {
            yield return Read(packets);
        }
    }

    private static OpenPgpCertificate? Read(List<OpenPgpPacket> packets)
    {
        if (packets[0].Tag != OpenPgpPacketTag.PublicKey || OpenPgpPublicKey.Read(packets[0].Body) is not { } primary)
        {
            return null;
        }

        var certificate = new OpenPgpCertificate(primary);
        for (var i = 1; i < packets.Count; i++)
        {
            var sound = packets[i].Tag switch
            {
                OpenPgpPacketTag.PublicSubkey => certificate.AddSubkey(packets[i].Body, i + 1 < packets.Count ? packets[i + 1] : default),
                OpenPgpPacketTag.UserId => certificate.AddUserId(packets[i].Body.Span),
                OpenPgpPacketTag.Signature => certificate.AddSignature(packets[i].Body),
                OpenPgpPacketTag.Reserved => false,
                _ => true,
            };
            if (!sound)
            {
                return null;
            }
        }

        return certificate;
    }

    private bool AddUserId(ReadOnlySpan<byte> text)
    {
        UserId = UserId.Length == 0 ? Encoding.UTF8.GetString(text) : UserId;
        return true;
    }

    private bool AddSignature(ReadOnlyMemory<byte> body)
    {
        // A signature of a kind that is not known, such as a newer one for newer software, binds nothing and harms nothing.
        IsRevoked |= OpenPgpSignature.Read(body) is { Type: OpenPgpSignatureType.KeyRevocation } signature
            && IsOver(signature, Primary.DigestedForm());
        return true;
    }

    private bool AddSubkey(ReadOnlyMemory<byte> body, OpenPgpPacket next)
    {
        if (OpenPgpPublicKey.Read(body) is not { } subkey)
        {
            // Subkeys of unknown algorithms, for encryption most often, are of no use but do no harm.
            return next.Tag == OpenPgpPacketTag.Signature;
        }

        if (next.Tag != OpenPgpPacketTag.Signature || OpenPgpSignature.Read(next.Body) is not { } binding)
        {
            return false;
        }

        if (binding.Type != OpenPgpSignatureType.SubkeyBinding)
        {
            // It has been revoked.
            return true;
        }

        if (!IsOver(binding, [.. Primary.DigestedForm(), .. subkey.DigestedForm()]))
        {
            return false;
        }

        if ((binding.KeyFlags & SignsFlag) != 0)
        {
            _signingKeys.Add(subkey);
        }

        return true;
    }

    private bool IsOver(OpenPgpSignature signature, byte[] data)
    {
        using var digest = signature.BeginDigest();
        if (digest is null)
        {
            return false;
        }

        digest.Append(data);
        return OpenPgpVerifier.Verify(Primary, signature, signature.FinishDigest(digest));
    }
}
