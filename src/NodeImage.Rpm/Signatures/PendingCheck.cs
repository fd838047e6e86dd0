using System.Globalization;
using System.Text;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.OpenPgp;

namespace NodeImage.Rpm.Signatures;

/// <summary>A digest or signature of a package while it is being checked (<c>rpmsinfo_s</c> in rpm's <c>lib/rpmvs.c</c>).</summary>
internal sealed class PendingCheck : IDisposable
{
    private const int ShortestDigest = 16;
    private const int ShortestHexDigest = 40;

    // No signature, however many post-quantum ones it holds, comes near it. rpm's own limit.
    private const int MaxSignatureSize = 65535;

    private readonly byte[]? _expected;
    private readonly OpenPgpSignature? _signature;
    private readonly RunningDigest? _digest;

    private PendingCheck(CheckDefinition definition, int item, RpmCheckStatus status)
    {
        Definition = definition;
        Item = item;
        Status = status;
        Strength = definition.Kind;
        DigestAlgorithm = definition.Digest;
    }

    private PendingCheck(CheckDefinition definition, int item, byte[] expected)
        : this(definition, item, RpmCheckStatus.Ok)
    {
        _expected = expected;
        _digest = RunningDigest.TryCreate(definition.Digest);
        Status = _digest is null ? RpmCheckStatus.NotFound : RpmCheckStatus.Ok;
    }

    private PendingCheck(CheckDefinition definition, int item, OpenPgpSignature signature)
        : this(definition, item, RpmCheckStatus.Ok)
    {
        _signature = signature;
        _digest = signature.BeginDigest();
        DigestAlgorithm = signature.DigestAlgorithm;
        Status = _digest is null ? RpmCheckStatus.NotFound : RpmCheckStatus.Ok;
    }

    /// <summary>What is checked.</summary>
    public CheckDefinition Definition { get; }

    /// <summary>Which of the entry's items it is.</summary>
    public int Item { get; }

    /// <summary>How it ended, or what is known already.</summary>
    public RpmCheckStatus Status { get; set; }

    /// <summary>What it counts as: a digest in a header whose signature holds is worth a signature.</summary>
    public RpmCheckKind Strength { get; set; }

    /// <summary>The digest algorithm, none where a signature could not be read.</summary>
    public DigestAlgorithm DigestAlgorithm { get; }

    /// <summary>The key that the signature was verified with.</summary>
    public RpmPublicKey? Key { get; private set; }

    /// <summary>A check of what the package does not have.</summary>
    public static PendingCheck Missing(CheckDefinition definition) => new(definition, -1, RpmCheckStatus.NotFound);

    /// <summary>A check of what is malformed.</summary>
    public static PendingCheck Malformed(CheckDefinition definition, int item) => new(definition, item, RpmCheckStatus.Bad);

    /// <summary>Begins a check.</summary>
    /// <param name="definition">What is checked.</param>
    /// <param name="item">Which of the entry's items it is.</param>
    /// <param name="data">The item's bytes.</param>
    /// <returns>The check, which has failed already where the bytes are not what they should be.</returns>
    public static PendingCheck Begin(CheckDefinition definition, int item, ReadOnlyMemory<byte> data)
    {
        var isText = definition.Type != Packages.RpmTagType.Bin;
        if (definition.Kind == RpmCheckKind.Signature)
        {
            return ReadSignature(data, isText) is { } signature
                ? new PendingCheck(definition, item, signature)
                : Malformed(definition, item);
        }

        if (!isText)
        {
            return data.Length >= ShortestDigest ? new PendingCheck(definition, item, data.ToArray()) : Malformed(definition, item);
        }

        var expected = new byte[data.Length / 2];
        return data.Length >= ShortestHexDigest && data.Length % 2 == 0
            && Convert.FromHexString(data.Span, expected, out _, out _) == System.Buffers.OperationStatus.Done
            ? new PendingCheck(definition, item, expected)
            : Malformed(definition, item);
    }

    /// <summary>Takes more of what is covered.</summary>
    /// <param name="data">The bytes.</param>
    public void Append(ReadOnlySpan<byte> data) => _digest?.Append(data);

    /// <summary>Ends the check, which must have been fed all that is covered.</summary>
    /// <param name="keyring">The keys for signatures.</param>
    public void Finish(RpmKeyring keyring)
    {
        if (_digest is null)
        {
            return;
        }

        Status = _signature is null
            ? (_digest.Finish().AsSpan().SequenceEqual(_expected) ? RpmCheckStatus.Ok : RpmCheckStatus.Bad)
            : Verify(_signature, _signature.FinishDigest(_digest), keyring);
    }

    /// <summary>What came of it.</summary>
    /// <returns>The result.</returns>
    public RpmCheck ToCheck() => new(
        Definition.Tag,
        Definition.Kind,
        Definition.Range,
        DigestAlgorithm,
        Status,
        Describe(),
        _signature?.Issuer.ToString("x16", CultureInfo.InvariantCulture),
        Key);

    /// <inheritdoc/>
    public void Dispose() => _digest?.Dispose();

    private static OpenPgpSignature? ReadSignature(ReadOnlyMemory<byte> data, bool isText)
    {
        if (isText)
        {
            var bytes = new byte[data.Length];
            if (!Convert.TryFromBase64Chars(Encoding.Latin1.GetString(data.Span), bytes, out var length))
            {
                return null;
            }

            data = bytes.AsMemory(0, length);
        }

        return data.Length is > 0 and <= MaxSignatureSize ? OpenPgpSignature.ReadSingle(data) : null;
    }

    private RpmCheckStatus Verify(OpenPgpSignature signature, byte[] digest, RpmKeyring keyring)
    {
        if (signature.Type != OpenPgpSignatureType.Binary || !digest.AsSpan().StartsWith(signature.DigestStart.Span))
        {
            return RpmCheckStatus.Bad;
        }

        var status = RpmCheckStatus.NoKey;
        foreach (var key in keyring.Find(signature.Issuer).Where(key => key.Algorithm == signature.Algorithm))
        {
            if (OpenPgpVerifier.Verify(key.Key, signature, digest))
            {
                Key = key;
                return key.IsRevoked ? RpmCheckStatus.NotTrusted : RpmCheckStatus.Ok;
            }

            status = RpmCheckStatus.Bad;
        }

        return status;
    }

    private string Describe()
    {
        var range = Definition.Range switch
        {
            RpmCheckRange.Header => "Header ",
            RpmCheckRange.Payload => "Payload ",
            _ => "",
        };
        var alternative = Definition.IsAlternative ? " ALT" : "";
        if (Definition.Kind == RpmCheckKind.Digest)
        {
            return $"{range}{DigestAlgorithms.NameOf(Definition.Digest)}{alternative} digest";
        }

        return _signature is null
            ? $"{range}{OpenPgpAlgorithms.NameOf(Definition.Key)}{alternative} signature"
            : $"{range}V{_signature.Version} {OpenPgpAlgorithms.NameOf(_signature.Algorithm)}/{DigestAlgorithms.NameOf(DigestAlgorithm)} Signature, key ID {_signature.Issuer & 0xffff_ffff:x8}";
    }
}
