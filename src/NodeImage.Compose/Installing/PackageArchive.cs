using System.Globalization;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;

namespace NodeImage.Compose.Installing;

/// <summary>A package's payload as an archive of contents, which are found by their place in the header's file list.</summary>
internal sealed class PackageArchive : ContentArchive
{
    private readonly RpmPackageFile _package;
    private readonly Sha256Digest _packageDigest;
    private readonly SmallFiles _smallFiles;

    /// <summary>Opens a package's payload.</summary>
    /// <param name="package">The package.</param>
    /// <param name="packageDigest">The digest of its file.</param>
    /// <param name="cache">Keeps the small files that are looked into, or null.</param>
    public PackageArchive(RpmPackageFile package, Sha256Digest packageDigest, ContentCache? cache = null)
    {
        _package = package;
        _packageDigest = packageDigest;
        _smallFiles = new SmallFiles(this, cache);
    }

    /// <summary>The package.</summary>
    public RpmPackageFile Package => _package;

    /// <inheritdoc/>
    public override Sha256Digest Digest => _packageDigest;

    /// <summary>Looks at contents as they pass, whoever has asked for them; null where nobody does.</summary>
    public IArchiveObserver? Observer { get; set; }

    /// <summary>Reads the small files ahead that scriptlets are likely to look into; safe on a thread of its own.</summary>
    public void Anticipate() => _smallFiles.Anticipate();

    /// <inheritdoc/>
    public override void Read(IReadOnlyList<int> wanted, Action<int, Stream> visit, CancellationToken cancellation)
    {
        // Contents of hard links come with the last of them, so the archive's order is not the list's.
        var pending = wanted.ToHashSet();
        var observed = Observer?.Begin(this);
        using var reader = RpmPayloadReader.Open(_package);
        while ((pending.Count > 0 || observed?.IsComplete == false) && reader.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var index = reader.Current.Index;
            var isWanted = pending.Remove(index);
            if (observed?.Wants(index) == true)
            {
                Share(observed, index, reader.Content, isWanted ? visit : null);
            }
            else if (isWanted)
            {
                visit(index, reader.Content);
            }
        }

        observed?.Complete();
    }

    // Both want it, and it passes but once.
    private static void Share(IObservedPass observed, int index, Stream content, Action<int, Stream>? visit)
    {
        if (visit is null)
        {
            observed.Observe(index, content, content.Length);
            return;
        }

        using var copy = Core.IO.SpooledStream.Create(content.Length);
        content.CopyTo(copy);
        copy.Position = 0;
        observed.Observe(index, copy, copy.Length);
        copy.Position = 0;
        visit(index, copy);
    }

    /// <summary>The content of one file.</summary>
    public FileContent ContentOf(RpmFileEntry file)
    {
        var index = file.HardLinks.Count > 0 ? file.HardLinks[^1] : file.Index;
        var identity = _package.Info.Files.DigestAlgorithm == DigestAlgorithm.Sha256 && file.Digest.Length == Sha256Digest.Size
            ? new Sha256Digest(file.Digest.Span).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"rpm:{_packageDigest.Hex}#{index}");
        return new PackageContent(this, index, file.Size, identity);
    }

    private sealed class PackageContent(PackageArchive archive, int index, long length, string identity) : FileContent
    {
        public override long Length => length;

        public override string Identity => identity;

        public override ContentArchive Archive => archive;

        public override int ArchiveIndex => index;

        public override Stream OpenRead()
        {
            if (archive._smallFiles.Find(index, length) is { } known)
            {
                return new MemoryStream(known, writable: false);
            }

            var spool = Core.IO.SpooledStream.Create(length);
            archive.Read([index], (_, content) => content.CopyTo(spool), CancellationToken.None);
            spool.Position = 0;
            return spool;
        }
    }
}

/// <summary>Looks at the contents of archives while they are decoded for another reason.</summary>
internal interface IArchiveObserver
{
    /// <summary>A pass over an archive begins.</summary>
    /// <returns>What looks at this pass, or null where nothing in the archive is of interest any more.</returns>
    IObservedPass? Begin(PackageArchive archive);
}

/// <summary>One pass over one archive.</summary>
internal interface IObservedPass
{
    /// <summary>Whether all that is of interest has passed.</summary>
    bool IsComplete { get; }

    /// <summary>Whether a content is of interest.</summary>
    bool Wants(int index);

    /// <summary>Takes a content.</summary>
    void Observe(int index, Stream content, long length);

    /// <summary>The pass has ended well.</summary>
    void Complete();
}
