using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Signatures;

/// <summary>
/// Verifies the digests and signatures of a package, by the rules of rpm 4.18 (<c>lib/rpmvs.c</c>). The header is checked
/// at once; the payload as it goes by, be it on its way to the decoder or in a pass of its own.
/// </summary>
public sealed class RpmVerification : IDisposable
{
    private const int ReadSize = 256 * 1024;

    private readonly RpmPackageFile _package;
    private readonly RpmKeyring _keyring;
    private readonly List<PendingCheck> _checks = [];

    private RpmVerification(RpmPackageFile package, RpmKeyring keyring, RpmVerificationScope scope)
    {
        _package = package;
        _keyring = keyring;
        foreach (var definition in CheckDefinition.All)
        {
            Begin(definition);
        }

        if (scope == RpmVerificationScope.Sufficient)
        {
            KeepSufficient();
        }

        foreach (var check in _checks.Where(check => (check.Definition.Range & RpmCheckRange.Header) != 0))
        {
            check.Append(RpmPackageFile.HeaderMagic);
            check.Append(package.Header.Blob.Span);
            if (check.Definition.Range == RpmCheckRange.Header)
            {
                check.Finish(keyring);
            }
        }
    }

    /// <summary>Whether something covers the payload, which then has to be fed to <see cref="AppendPayload"/>.</summary>
    public bool NeedsPayload => _checks.Exists(check =>
        (check.Definition.Range & RpmCheckRange.Payload) != 0 && check.Status != RpmCheckStatus.NotFound);

    /// <summary>Begins to verify a package: checks its header.</summary>
    /// <param name="package">The package.</param>
    /// <param name="keyring">The keys for signatures.</param>
    /// <param name="scope">What is verified.</param>
    /// <returns>The verification, which waits for the payload.</returns>
    public static RpmVerification Begin(RpmPackageFile package, RpmKeyring keyring, RpmVerificationScope scope = RpmVerificationScope.Everything) =>
        new(package, keyring, scope);

    /// <summary>Verifies a package, payload and all, in a pass of its own over the file.</summary>
    /// <param name="package">The package.</param>
    /// <param name="keyring">The keys for signatures.</param>
    /// <param name="scope">What is verified.</param>
    /// <returns>What came of it, in the order in which rpm reports it.</returns>
    /// <exception cref="DiagnosticException">NI2303: the package cannot be read.</exception>
    public static IReadOnlyList<RpmCheck> Verify(
        RpmPackageFile package,
        RpmKeyring keyring,
        RpmVerificationScope scope = RpmVerificationScope.Everything)
    {
        using var verification = Begin(package, keyring, scope);
        if (verification.NeedsPayload)
        {
            verification.ReadPayload();
        }

        return verification.Finish();
    }

    /// <summary>Takes more of the payload as it is stored; fits <see cref="Payloads.RpmPayloadOptions.Observer"/>.</summary>
    /// <param name="data">The bytes.</param>
    public void AppendPayload(ReadOnlySpan<byte> data)
    {
        foreach (var check in _checks)
        {
            if ((check.Definition.Range & RpmCheckRange.Payload) != 0)
            {
                check.Append(data);
            }
        }
    }

    /// <summary>Ends the verification, which must have been fed the whole payload.</summary>
    /// <returns>What came of it, in the order in which rpm reports it. What the package does not have is reported only where
    /// nothing else covers the same part.</returns>
    public IReadOnlyList<RpmCheck> Finish()
    {
        foreach (var check in _checks.Where(check => (check.Definition.Range & RpmCheckRange.Payload) != 0))
        {
            check.Finish(_keyring);
        }

        return RpmCheckReport.Make(_checks, payloadWasRead: true);
    }

    /// <summary>Ends the verification without the payload, of which nothing is reported then.</summary>
    /// <returns>What came of the header, in the order in which rpm reports it.</returns>
    public IReadOnlyList<RpmCheck> FinishHeader()
    {
        var header = _checks.Where(check => check.Definition.Range == RpmCheckRange.Header).ToList();
        return RpmCheckReport.Make(header, payloadWasRead: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _checks.ForEach(check => check.Dispose());

    private void Begin(CheckDefinition definition)
    {
        var header = definition.IsInHeader ? _package.Header : _package.Signature;
        if (!header.TryFind(definition.Tag, out var entry) || entry.Type is RpmTagType.Int16 or RpmTagType.Int32 or RpmTagType.Int64)
        {
            _checks.Add(PendingCheck.Missing(definition));
        }
        else if (entry.Type != definition.Type || (definition.Size != 0 && definition.Size != entry.Length))
        {
            _checks.Add(PendingCheck.Malformed(definition, 0));
        }
        else if (entry.Type == RpmTagType.Bin)
        {
            _checks.Add(PendingCheck.Begin(definition, 0, header.GetBytes(definition.Tag)));
        }
        else
        {
            var strings = header.GetStringData(definition.Tag);
            for (var i = 0; strings.MoveNext(); i++)
            {
                _checks.Add(PendingCheck.Begin(definition, i, strings.Current.ToArray()));
            }
        }
    }

    // With a digest of the payload in the header, nothing that covers header and payload together says more.
    private void KeepSufficient()
    {
        var covering = _checks.Find(check => check.Definition.IsInHeader && check.Status == RpmCheckStatus.Ok);
        if (covering is null)
        {
            return;
        }

        _checks.RemoveAll(check => (check.Definition.Range & RpmCheckRange.Payload) != 0 && check.Definition.Family != covering.Definition.Family);
    }

    private void ReadPayload()
    {
        try
        {
            using var payload = _package.OpenPayload();
            var buffer = new byte[ReadSize];
            int read;
            while ((read = payload.Read(buffer)) > 0)
            {
                AppendPayload(buffer.AsSpan(0, read));
            }
        }
        catch (IOException e)
        {
            throw PackageDiagnostics.Unreadable.Wrap(e, null, _package.Source, e.Message);
        }
    }
}
