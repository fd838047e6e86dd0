using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using NodeImage.Core.IO;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>One document of metadata while it is written: compressed on its way to the file, digested before and after that.</summary>
internal sealed class MetadataDocument : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _folder;
    private readonly string _type;
    private readonly MetadataCompression _compression;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly MeteredStream _stored;
    private readonly Stream _compressor;
    private readonly MeteredStream _open;
    private readonly BufferedStream _buffer;

    /// <summary>Begins a document.</summary>
    /// <param name="folder">The folder of the metadata.</param>
    /// <param name="type">What it is called in <c>repomd.xml</c>.</param>
    /// <param name="root">Its root element.</param>
    /// <param name="rootNamespace">The namespace of its elements.</param>
    /// <param name="count">How many packages it is going to have.</param>
    /// <param name="compression">What it is compressed with.</param>
    public MetadataDocument(string folder, string type, string root, string rootNamespace, int count, MetadataCompression compression)
    {
        (_folder, _type, _compression) = (folder, type, compression);
        _path = Path.Combine(folder, type);
        _file = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
        _stored = new MeteredStream(_file);
        _compressor = compression == MetadataCompression.Zstd ? new ZstdSharp.CompressionStream(_stored, leaveOpen: true) : new GzipOutputStream(_stored);
        _open = new MeteredStream(_compressor);
        _buffer = new BufferedStream(_open, BufferSize);
        Xml = XmlText.Begin(_buffer);
        Xml.WriteStartElement(root, rootNamespace);
        if (rootNamespace == MetadataNames.Common)
        {
            Xml.WriteAttributeString("xmlns", "rpm", null, MetadataNames.Rpm);
        }

        Xml.WriteAttributeString("packages", count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Takes the document's elements, within the root.</summary>
    public XmlWriter Xml { get; }

    /// <summary>Ends the document, and gives it the name that tells its digest.</summary>
    /// <param name="time">When it was made, in seconds since 1970.</param>
    /// <returns>What <c>repomd.xml</c> says of it.</returns>
    public RepositoryIndexEntry Complete(long time)
    {
        Xml.Dispose();
        _buffer.Flush();
        _compressor.Dispose();
        _file.Dispose();
        var digest = _stored.Finish();
        var name = $"{digest}-{_type}.xml.{(_compression == MetadataCompression.Zstd ? "zst" : "gz")}";
        File.Move(_path, Path.Combine(_folder, name));
        return new RepositoryIndexEntry
        {
            Type = _type,
            Location = $"{RepositoryWriter.MetadataFolder}/{name}",
            Checksum = new MetadataChecksum(DigestAlgorithm.Sha256, digest),
            OpenChecksum = new MetadataChecksum(DigestAlgorithm.Sha256, _open.Finish()),
            Size = _stored.Count,
            OpenSize = _open.Count,
            Timestamp = time,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What has not been completed is going to be thrown away with its folder; nothing more is written.
        _file.Dispose();
        _open.Dispose();
        _stored.Dispose();
    }

    /// <summary>Counts and digests what passes.</summary>
    private sealed class MeteredStream(Stream inner) : WriteOnlyForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Count { get; private set; }

        public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            Count += buffer.Length;
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
