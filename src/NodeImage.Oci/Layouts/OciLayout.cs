using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layouts;

/// <summary>
/// A folder that holds images: OCI image specification, "Image Layout". Every blob that is read is held to its digest and size.
/// </summary>
public sealed class OciLayout
{
    /// <summary>The file that marks a folder as a layout.</summary>
    public const string MarkerFile = "oci-layout";

    /// <summary>The file that lists the layout's images.</summary>
    public const string IndexFile = "index.json";

    /// <summary>What <see cref="MarkerFile"/> says.</summary>
    public const string Marker = """{"imageLayoutVersion":"1.0.0"}""";

    /// <summary>The name that what is in a layout goes by where it holds one thing only.</summary>
    public const string OnlyName = "latest";

    private readonly ItemReference? _subject;

    private OciLayout(string folder, ImageIndex index, ItemReference? subject)
    {
        Folder = folder;
        Index = index;
        _subject = subject;
    }

    /// <summary>The layout's folder.</summary>
    public string Folder { get; }

    /// <summary>The images that the layout lists.</summary>
    public ImageIndex Index { get; }

    /// <summary>Opens a layout.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="subject">The item that asked for it, for diagnostics.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="DiagnosticException">There is none, or it is malformed.</exception>
    public static OciLayout Open(string folder, ItemReference? subject = null)
    {
        var index = Path.Combine(folder, IndexFile);
        if (!File.Exists(Path.Combine(folder, MarkerFile)) || !File.Exists(index))
        {
            throw OciDiagnostics.LayoutNotFound.Error(subject, folder);
        }

        try
        {
            return new OciLayout(folder, ImageIndex.Read(ReadSmall(index)), subject);
        }
        catch (InvalidDataException e)
        {
            throw OciDiagnostics.LayoutMalformed.Wrap(e, subject, folder, e.Message);
        }
    }

    /// <summary>Where a blob lies.</summary>
    /// <param name="digest">Its digest.</param>
    /// <returns>The full path; the blob may be missing.</returns>
    public string BlobPath(Sha256Digest digest) => BlobPath(Folder, digest);

    /// <summary>Opens a blob, which is held to its digest when it is read to the end.</summary>
    /// <param name="descriptor">The blob.</param>
    /// <returns>Its bytes; damage shows as <see cref="InvalidDataException"/> while reading.</returns>
    /// <exception cref="DiagnosticException">The blob is missing, or of another size.</exception>
    public Stream OpenBlob(Descriptor descriptor)
    {
        try
        {
            var file = new FileStream(BlobPath(descriptor.Digest), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (file.Length == descriptor.Size)
            {
                return new VerifyingStream(file, descriptor.Size, descriptor.Digest);
            }

            var actual = file.Length;
            file.Dispose();
            throw OciDiagnostics.BlobDamaged.Error(_subject, descriptor.Digest, Folder, $"it has {actual} bytes instead of {descriptor.Size}.");
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw OciDiagnostics.BlobDamaged.Wrap(e, _subject, descriptor.Digest, Folder, "there is no such file.");
        }
        catch (UnauthorizedAccessException e)
        {
            // A folder in the place of a file is reported so, too.
            throw OciDiagnostics.BlobDamaged.Wrap(e, _subject, descriptor.Digest, Folder, e.Message);
        }
    }

    /// <summary>Reads the image for a platform.</summary>
    /// <param name="platform">The platform; null takes the first image, whatever it is for.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DiagnosticException">There is none for the platform, or something of it is missing or damaged.</exception>
    public OciImage ReadImage(Platform? platform = null)
    {
        var found = new List<string>();
        foreach (var descriptor in Manifests(Index))
        {
            // A layout may lack the other platforms' blobs.
            if (platform is not null && descriptor.Platform is { } announced && announced != platform)
            {
                found.Add(announced.Architecture);
                continue;
            }

            var image = ReadImage(descriptor);
            if (platform is null || image.Config.Platform == platform)
            {
                return image;
            }

            found.Add(image.Config.Platform.Architecture);
        }

        throw OciDiagnostics.PlatformMissing.Error(_subject, Folder, platform?.Architecture ?? "any", found.Count == 0 ? "none" : string.Join(", ", found));
    }

    /// <summary>Reads all that the layout's first name stands for: an image, or several under an index.</summary>
    /// <returns>The images.</returns>
    /// <exception cref="DiagnosticException">There is none, or something of it is missing or damaged.</exception>
    public OciImageSet ReadAll()
    {
        if (Index.Manifests is not [var root, ..])
        {
            throw OciDiagnostics.LayoutMalformed.Error(_subject, Folder, "it lists no image.");
        }

        return new OciImageSet(this, root, [.. Manifests(new ImageIndex([root])).Select(ReadImage)]);
    }

    /// <summary>Copies a blob, which is held to its digest.</summary>
    /// <param name="descriptor">The blob.</param>
    /// <param name="copy">Receives its bytes; it must read them to the end.</param>
    /// <exception cref="DiagnosticException">The blob is missing or damaged.</exception>
    public void ReadBlob(Descriptor descriptor, Action<Stream> copy)
    {
        try
        {
            using var stream = OpenBlob(descriptor);
            copy(stream);
        }
        catch (InvalidDataException e)
        {
            throw OciDiagnostics.BlobDamaged.Wrap(e, _subject, descriptor.Digest, Folder, e.Message);
        }
    }

    /// <summary>Reads a manifest, an index or a configuration, which are small.</summary>
    /// <param name="descriptor">The blob.</param>
    /// <returns>Its bytes, held to their digest.</returns>
    /// <exception cref="DiagnosticException">The blob is missing, damaged, or larger than a manifest may be.</exception>
    public byte[] ReadDocument(Descriptor descriptor) => Parse(descriptor, bytes => bytes.ToArray());

    internal static string BlobPath(string folder, Sha256Digest digest) => Path.Combine(folder, "blobs", "sha256", digest.Hex);

    private OciImage ReadImage(Descriptor descriptor)
    {
        var manifest = Parse(descriptor, ImageManifest.Read);
        var config = Parse(manifest.Config, bytes => ImageConfig.Read(bytes));
        return manifest.Layers.Length == config.DiffIds.Length
            ? new OciImage(this, descriptor, manifest, config)
            : throw OciDiagnostics.LayoutMalformed.Error(_subject, Folder, $"it has {manifest.Layers.Length} layers and {config.DiffIds.Length} diff IDs.");
    }

    // An index may list further indexes, as multi-platform images do.
    private IEnumerable<Descriptor> Manifests(ImageIndex index) => index.Manifests.SelectMany(descriptor => descriptor.MediaType switch
    {
        MediaTypes.Manifest => [descriptor],
        MediaTypes.Index => Parse(descriptor, ImageIndex.Read).Manifests.Where(nested => nested.MediaType == MediaTypes.Manifest),
        _ => Enumerable.Empty<Descriptor>(),
    });

    private T Parse<T>(Descriptor descriptor, Reader<T> read)
    {
        if (descriptor.Size > OciJson.MaxDocumentSize)
        {
            throw OciDiagnostics.BlobDamaged.Error(_subject, descriptor.Digest, Folder, $"{descriptor.Size} bytes are more than a manifest may have.");
        }

        try
        {
            var bytes = new byte[descriptor.Size];
            using var stream = OpenBlob(descriptor);
            stream.ReadExactly(bytes);
            return read(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw OciDiagnostics.BlobDamaged.Wrap(e, _subject, descriptor.Digest, Folder, e.Message);
        }
    }

    private static byte[] ReadSmall(string path)
    {
        using var stream = new BoundedStream(File.OpenRead(path), OciJson.MaxDocumentSize);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private delegate T Reader<out T>(ReadOnlySpan<byte> bytes);
}
