using System.Diagnostics.CodeAnalysis;
using NodeImage.Core.Compression;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Payloads;

/// <summary>
/// Reads the payload of a package, file by file, in one pass forward. The archive's word counts for nothing but the order:
/// sizes, types and names are the header's, and a file that the header does not list is an error, as it is to rpm.
/// </summary>
public sealed class RpmPayloadReader : IDisposable
{
    private readonly string _source;
    private readonly RpmFileList _files;
    private readonly PayloadSource _compressed;
    private readonly PayloadArchive _archive;
    private readonly PayloadFileIndex _index;
    private readonly PayloadContent _content;
    private readonly bool[] _seen;
    private bool _atEnd;

    private RpmPayloadReader(RpmPackageFile package, PayloadSource compressed, Stream decompressed, RpmPayloadOptions options)
    {
        _source = package.Source;
        _files = package.Info.Files;
        _compressed = compressed;
        _archive = new PayloadArchive(decompressed, _source);
        _index = new PayloadFileIndex(_files);
        _seen = new bool[_files.Count];
        _content = new PayloadContent(_archive, options.CheckFileDigests ? new FileDigestCheck(_files.DigestAlgorithm, _source) : null);
    }

    /// <summary>The file that was come to last.</summary>
    /// <exception cref="InvalidOperationException"><see cref="MoveNext"/> has not been called, or found no further file.</exception>
    public RpmFileEntry Current => _content.File ?? throw new InvalidOperationException("There is no current file.");

    /// <summary>
    /// The content of the current file, to be read before going on; what is left of it is passed over. It is empty for
    /// all but regular files, and of several hard links only the last has it. Its <see cref="Stream.Length"/> is known.
    /// </summary>
    /// <remarks>Reading it throws <see cref="DiagnosticException"/>: NI2311 when the payload is damaged, NI2312 when the
    /// content that has been read does not have the digest that the header announces.</remarks>
    public Stream Content => _content;

    /// <summary>Opens the payload of a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="options">What is checked, or null for the digests of files.</param>
    /// <returns>The reader, before the first file.</returns>
    /// <exception cref="DiagnosticException">NI2303: the package cannot be read. NI2304: its file list is malformed. NI2311:
    /// its payload does not begin as the header says. NI2313: the payload is of a kind that is not read.</exception>
    public static RpmPayloadReader Open(RpmPackageFile package, RpmPayloadOptions? options = null)
    {
        if (package.Info.PayloadFormat != "cpio")
        {
            throw PayloadDiagnostics.Unsupported.Error(null, package.Source, package.Info.PayloadFormat);
        }

        options ??= new RpmPayloadOptions();
        var compressed = new PayloadSource(package.OpenPayload(), options.Observer);
        try
        {
            return new RpmPayloadReader(package, compressed, OpenDecompressed(package, compressed), options);
        }
        catch
        {
            compressed.Release();
            throw;
        }
    }

    /// <summary>Goes to the next file of the archive. Files that the header calls ghosts are not shown.</summary>
    /// <returns>Whether there is one. When there is none, every file of the header but ghosts has been shown, and the
    /// payload has been read to its very end.</returns>
    /// <exception cref="DiagnosticException">NI2311: the payload is damaged. NI2312: the content of the file before does not
    /// have the digest that the header announces.</exception>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "It reads.")]
    public bool MoveNext()
    {
        if (_atEnd)
        {
            return false;
        }

        _content.Finish();
        while (_archive.ReadHeader(_index, _files.Count, out var index, out var archivedSize))
        {
            var file = _files[index];
            if (file.IsGhost)
            {
                // Ghosts should not be there, but rpm before 4.11 sometimes put them there.
                _archive.Skip(archivedSize ?? 0);
                continue;
            }

            _seen[index] = true;
            _content.Begin(file, archivedSize);
            return true;
        }

        Finish();
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Release();
        _archive.Dispose();
        _compressed.Release();
    }

    private static Stream OpenDecompressed(RpmPackageFile package, PayloadSource compressed)
    {
        var compressor = package.Info.PayloadCompressor;
        try
        {
            var format = PayloadCompression.Detect(compressor, compressed.Peek())
                ?? throw PayloadDiagnostics.Damaged.Error(null, package.Source, $"it is not compressed with '{compressor}'");
            return Decompressor.Open(compressed, format);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw PayloadDiagnostics.Damaged.Wrap(e, null, package.Source, e.Message);
        }
    }

    private void Finish()
    {
        _content.End();
        _atEnd = true;
        for (var i = 0; i < _seen.Length; i++)
        {
            if (!_seen[i] && !_files[i].IsGhost)
            {
                throw PayloadDiagnostics.Damaged.Error(null, _source, $"{_files[i].Path} is missing from it");
            }
        }

        try
        {
            _compressed.Drain();
        }
        catch (IOException e)
        {
            throw PackageDiagnostics.Unreadable.Wrap(e, null, _source, e.Message);
        }
    }
}
