using System.Security.Cryptography;
using NodeImage.Core.Digests;
using NodeImage.Core.Tar;

namespace NodeImage.Oci.Layers;

/// <summary>Takes the scan of a piece while it is written, so that a layer of our own need not be decoded to be known.</summary>
/// <param name="keep">Chooses the files whose content is kept, as for <see cref="LayerScan.Take"/>.</param>
internal sealed class ScanRecorder(Func<TarEntry, bool> keep) : ITarListener, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<ScannedEntry> _entries = [];
    private TarEntry? _current;
    private Sha256Digest? _digest;
    private MemoryStream? _kept;

    public void Begin(TarEntry entry, Sha256Digest? digest)
    {
        End();
        (_current, _digest) = (entry, digest);
        _kept = entry.Type == TarEntryType.Regular && LayerScan.MayKeep(entry) && keep(entry) ? new MemoryStream((int)entry.Size) : null;
    }

    public void Content(ReadOnlySpan<byte> bytes)
    {
        if (_digest is null)
        {
            _hash.AppendData(bytes);
        }

        _kept?.Write(bytes);
    }

    /// <summary>The entries, when all have been written.</summary>
    public IReadOnlyList<ScannedEntry> Finish()
    {
        End();
        return _entries;
    }

    public void Dispose() => _hash.Dispose();

    private void End()
    {
        if (_current is not { } entry)
        {
            return;
        }

        var digest = entry.Type == TarEntryType.Regular ? _digest ?? new Sha256Digest(_hash.GetHashAndReset()) : default;
        _entries.Add(new ScannedEntry(entry, digest, _kept?.ToArray()));
        (_current, _kept) = (null, null);
    }
}
