using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Layers;

/// <summary>
/// Writes layers into a layout. Compressed pieces come from the cache where it has them; a whole layer that the layout
/// already holds is not touched at all.
/// </summary>
/// <param name="cache">Keeps pieces, and what is known of whole layers.</param>
/// <param name="compression">How layers are compressed.</param>
/// <param name="keep">Chooses the files whose content is kept with the scan of a layer, which is then taken while it is written; null where none is wanted.</param>
public sealed class LayerWriter(ContentCache cache, LayerCompression compression, Func<TarEntry, bool>? keep = null)
{
    // The trailing number is the version of the entry's format, and of the tar writer whose output it holds.
    private const string PieceKind = "layer-piece-2";
    private const string PieceScanKind = "layer-piece-scan-1";
    private const string LayerKind = "layer-1";
    private const int CopyBufferSize = 1 << 16;

    private static readonly LayerPiece EndOfArchive = new(Sha256Digest.Of("end of archive"u8), tar => tar.Finish());

    /// <summary>Writes a layer, or finds that it is there.</summary>
    /// <param name="plan">What it holds.</param>
    /// <param name="layout">Where its blob goes.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <returns>The layer's descriptor and diff ID.</returns>
    public WrittenLayer Write(LayerPlan plan, OciLayoutWriter layout, CancellationToken cancellation)
    {
        var key = KeyOf(plan);
        if (FindRecord(key) is { } known && layout.Has(known.Descriptor.Digest, known.Descriptor.Size))
        {
            return known;
        }

        using var blob = layout.Begin();
        using var clear = new ClearText();
        compression.WriteHead(blob);
        var entries = keep is null ? null : new List<ScannedEntry>();
        foreach (var piece in plan.Pieces.Append(EndOfArchive))
        {
            cancellation.ThrowIfCancellationRequested();
            var scanned = CopyCached(piece, blob, clear) ? FindScan(piece) : Compress(piece, blob, clear);
            entries = scanned is null ? null : entries?.Concat(scanned).ToList();
        }

        compression.WriteTail(blob, clear.Crc32, clear.Length);
        var layer = new WrittenLayer(blob.Keep(compression.MediaType), clear.Digest());
        AddRecord(key, layer);
        if (entries is not null)
        {
            layer = layer with { Scan = new LayerScan(layer.DiffId, entries) };
            cache.AddDocument(ImageTree.ScanKind, layer.Descriptor.Digest, layer.Scan.Write());
        }

        return layer;
    }

    private IReadOnlyList<ScannedEntry>? FindScan(LayerPiece piece) =>
        keep is not null && cache.FindDocument(PieceScanKind, piece.Key) is { } known ? LayerScan.Read(known).Entries : null;

    private bool CopyCached(LayerPiece piece, BlobWriteStream blob, ClearText clear)
    {
        var key = KeyOf(piece);
        if (cache.Find(PieceKind, key) is not { } path)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
            if (!PieceFile.IsIntact(file))
            {
                cache.Remove(PieceKind, key);
                return false;
            }

            file.Position = 0;
            new SliceStream(file, PieceFile.CompressedLength(file)).CopyTo(blob, CopyBufferSize);
            file.Position = 0;
            using var piecewise = compression.DecompressPiece(new SliceStream(file, PieceFile.CompressedLength(file)));
            piecewise.CopyTo(clear, CopyBufferSize);
            return true;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since it was found, as anything in the cache may be.
            return false;
        }
    }

    private IReadOnlyList<ScannedEntry>? Compress(LayerPiece piece, BlobWriteStream blob, ClearText clear)
    {
        using var recorder = keep is null ? null : new ScanRecorder(keep);
        using var entry = cache.Begin(PieceKind, KeyOf(piece));
        using var file = new PieceFile(entry.Stream);
        compression.CompressPiece(new TeeStream(blob, file), compressed =>
        {
            // Headers are small; hash and compressor want to be called seldom.
            using var buffered = new BufferedStream(new TeeStream(clear, compressed), CopyBufferSize);
            piece.Write(new TarWriter(buffered, recorder));
        });
        file.Complete();
        entry.Keep();
        var scanned = recorder?.Finish();
        if (scanned is not null)
        {
            cache.AddDocument(PieceScanKind, piece.Key, new LayerScan(default, scanned).Write());
        }

        return scanned;
    }

    private Sha256Digest KeyOf(LayerPiece piece) => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{compression.Identity}\n{piece.Key}\n"));

    private Sha256Digest KeyOf(LayerPlan plan)
    {
        var text = new StringBuilder(compression.Identity).Append('\n');
        foreach (var piece in plan.Pieces)
        {
            text.Append(piece.Key.Hex).Append('\n');
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private WrittenLayer? FindRecord(Sha256Digest key)
    {
        if (cache.FindDocument(LayerKind, key) is not { } bytes)
        {
            return null;
        }

        var words = Encoding.ASCII.GetString(bytes).Split(' ');
        var descriptor = new Descriptor(compression.MediaType, Sha256Digest.Parse(words[0]), long.Parse(words[1], CultureInfo.InvariantCulture));
        return new WrittenLayer(descriptor, Sha256Digest.Parse(words[2]));
    }

    private void AddRecord(Sha256Digest key, WrittenLayer layer) =>
        cache.AddDocument(LayerKind, key, Encoding.ASCII.GetBytes($"{layer.Descriptor.Digest} {layer.Descriptor.Size} {layer.DiffId}"));

    /// <summary>Takes in a layer's archive in the clear, for its diff ID and checksum.</summary>
    private sealed class ClearText : WriteOnlyForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Crc32 _crc = new();
        private long _length;

        public uint Crc32 => _crc.GetCurrentHashAsUInt32();

        public override long Length => _length;

        public Sha256Digest Digest() => new(_hash.GetHashAndReset());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            _crc.Append(buffer);
            _length += buffer.Length;
        }

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
