using System.Globalization;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;

namespace NodeImage.Compose.Installing;

/// <summary>A package's payload as an archive of contents, which are found by their place in the header's file list.</summary>
internal sealed class PackageArchive(RpmPackageFile package, Sha256Digest packageDigest) : ContentArchive
{
    /// <summary>The package.</summary>
    public RpmPackageFile Package => package;

    /// <inheritdoc/>
    public override Sha256Digest Digest => packageDigest;

    /// <inheritdoc/>
    public override void Read(IReadOnlyList<int> wanted, Action<int, Stream> visit, CancellationToken cancellation)
    {
        // Contents of hard links come with the last of them, so the archive's order is not the list's.
        var pending = wanted.ToHashSet();
        using var reader = RpmPayloadReader.Open(package);
        while (pending.Count > 0 && reader.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (pending.Remove(reader.Current.Index))
            {
                visit(reader.Current.Index, reader.Content);
            }
        }
    }

    /// <summary>The content of one file.</summary>
    public FileContent ContentOf(RpmFileEntry file)
    {
        var index = file.HardLinks.Count > 0 ? file.HardLinks[^1] : file.Index;
        var identity = package.Info.Files.DigestAlgorithm == DigestAlgorithm.Sha256 && file.Digest.Length == Sha256Digest.Size
            ? new Sha256Digest(file.Digest.Span).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"rpm:{packageDigest.Hex}#{index}");
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
            var spool = Core.IO.SpooledStream.Create(length);
            archive.Read([index], (_, content) => content.CopyTo(spool), CancellationToken.None);
            spool.Position = 0;
            return spool;
        }
    }
}
