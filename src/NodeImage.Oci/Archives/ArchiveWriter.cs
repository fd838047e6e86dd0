using System.Buffers;
using Microsoft.Win32.SafeHandles;
using NodeImage.Core.Concurrency;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Archives;

/// <summary>Writes blobs into a tar file on all cores: their places follow from their sizes.</summary>
internal static class ArchiveWriter
{
    /// <summary>The folder that blobs lie in.</summary>
    public const string BlobFolder = "blobs/sha256";

    private const int CopyBufferSize = 1 << 17;

    /// <summary>Writes an archive.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="layout">Where the blobs are.</param>
    /// <param name="heads">Files before the blobs.</param>
    /// <param name="blobs">The blobs.</param>
    /// <param name="cancellation">Stops between blobs.</param>
    public static void Write(FileStream file, OciLayout layout, IEnumerable<(string Name, byte[] Content)> heads, IEnumerable<Descriptor> blobs, CancellationToken cancellation)
    {
        var tar = new TarWriter(file);
        foreach (var (name, content) in heads)
        {
            tar.Write(Entry(name, content.Length), new MemoryStream(content));
        }

        tar.Write(Folder("blobs"));
        tar.Write(Folder(BlobFolder));
        var places = blobs.Select(blob => (Blob: blob, Place: tar.Reserve(Entry($"{BlobFolder}/{blob.Digest.Hex}", blob.Size)))).ToList();
        tar.Finish();
        file.Flush();
        AllCores.ForEach(places, item => layout.ReadBlob(item.Blob, content => Copy(content, file.SafeFileHandle, item.Place)), cancellation);
    }

    private static void Copy(Stream content, SafeFileHandle file, long place)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBufferSize);
        try
        {
            for (int read; (read = content.Read(buffer, 0, CopyBufferSize)) > 0; place += read)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), place);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static TarEntry Entry(string name, long size) => new() { Name = name, Type = TarEntryType.Regular, Mode = 0b110_100_100, Size = size };

    private static TarEntry Folder(string name) => new() { Name = name, Type = TarEntryType.Directory, Mode = 0b111_101_101 };
}
