using System.Globalization;
using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Oci.Layers;

namespace NodeImage.Compose.Layering;

/// <summary>
/// Divides what an image holds into layers: by package, so that an update of one changes one layer, and in a way that
/// depends on each package alone, so that adding one leaves the others where they are.
/// </summary>
/// <param name="sourceOf">Tells the source package of an <see cref="Inode.Origin"/>, whose packages are updated together.</param>
/// <param name="isLayered">Whether there are layers of a base below.</param>
/// <param name="cancellation">Stops the writing of layers.</param>
internal sealed class LayerPlanner(Func<string, string> sourceOf, bool isLayered, CancellationToken cancellation)
{
    /// <summary>What history says of the layer that holds nothing but metadata.</summary>
    public const string MetadataLayer = "metadata";

    // A package of this size has a layer of its own.
    private const long LargePackage = 24L << 20;

    // Everything larger than this that no package brings (an initramfs, mostly) has one too.
    private const long LargeFile = 8L << 20;

    /// <summary>Plans the layers of an image.</summary>
    /// <param name="difference">What the image holds beyond its base.</param>
    /// <param name="buckets">Among how many layers small packages are divided.</param>
    /// <param name="metadata">The nodes that go into a layer of their own, which comes last.</param>
    public IReadOnlyList<LayerPlan> Plan(TreeDifference difference, int buckets, IReadOnlySet<FileNode> metadata)
    {
        var folders = new FolderWriter(difference.Changed, repeats: !isLayered);
        var files = difference.Changed.Where(node => !node.Inode.IsDirectory && !metadata.Contains(node)).ToList();
        var packages = files.Where(node => node.Inode.Origin is not null)
            .GroupBy(node => node.Inode.Origin!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Origin: group.Key, Nodes: group.ToList(), Size: group.Sum(node => node.Inode.Content?.Length ?? 0)))
            .ToList();
        var plans = new List<Draft>();
        foreach (var (origin, nodes, _) in packages.Where(package => package.Size >= LargePackage))
        {
            plans.Add(Draft.Of(folders, $"rpm {origin}", [nodes]) with { HoldsPackages = true });
        }

        foreach (var bucket in packages.Where(package => package.Size < LargePackage).GroupBy(package => BucketOf(package.Origin, buckets)).OrderBy(group => group.Key))
        {
            plans.Add(Draft.Of(folders, $"rpm group {bucket.Key.ToString(CultureInfo.InvariantCulture)}", [.. bucket.Select(package => package.Nodes)]) with { HoldsPackages = true });
        }

        var own = files.Where(node => node.Inode.Origin is null).ToList();
        foreach (var node in own.Where(node => node.Inode.Content?.Length >= LargeFile && node.HardLinks is null))
        {
            plans.Add(Draft.Of(folders, node.Path, [[node]]));
        }

        var rest = own.Where(node => !(node.Inode.Content?.Length >= LargeFile && node.HardLinks is null)).ToList();
        var lastFolders = folders.Remaining(metadata);
        if (rest.Count + lastFolders.Count + difference.Removed.Count > 0)
        {
            plans.Add(Draft.Of(folders, "image", [rest], lastFolders) with { Removed = difference.Removed });
        }

        if (metadata.Count > 0)
        {
            plans.Add(Draft.Of(folders, MetadataLayer, [[.. difference.Changed.Where(metadata.Contains)]]));
        }

        // Keys are made of all that a piece holds, which is work for every core.
        return [.. plans.AsParallel().AsOrdered().WithCancellation(cancellation).Select(draft => draft.Finish(cancellation))];
    }

    private int BucketOf(string origin, int buckets)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        Sha256Digest.Of(Encoding.UTF8.GetBytes(sourceOf(origin))).CopyTo(digest);
        return digest[0] % buckets;
    }

    /// <summary>A layer whose pieces are known but have no keys yet.</summary>
    private sealed record Draft(string CreatedBy, IReadOnlyList<IReadOnlyList<FileNode>> Pieces)
    {
        public bool HoldsPackages { get; init; }

        public IReadOnlyList<string> Removed { get; init; } = [];

        public static Draft Of(FolderWriter folders, string createdBy, List<List<FileNode>> pieces, IReadOnlyList<FileNode>? further = null) =>
            new(createdBy, [folders.Take(pieces.SelectMany(piece => piece), further ?? []), .. pieces]);

        public LayerPlan Finish(CancellationToken cancellation)
        {
            var pieces = Pieces.Where(piece => piece.Count > 0).Select(piece => TreePiece.Of(piece, cancellation));
            return new LayerPlan(CreatedBy, Removed.Count == 0 ? [.. pieces] : [TreePiece.Whiteouts(Removed), .. pieces])
            {
                HoldsPackages = HoldsPackages,
                Size = Pieces.Sum(piece => piece.Sum(node => node.Inode.Content?.Length ?? 0)),
            };
        }
    }

    /// <summary>
    /// Decides which layer says what folders are like. In a base each layer says it of all the folders it writes into,
    /// so that it can stand alone; above a base each folder is said once, and those that are as below not at all.
    /// </summary>
    private sealed class FolderWriter(IReadOnlyList<FileNode> changed, bool repeats)
    {
        private readonly HashSet<FileNode> _known = [.. changed.Where(node => node.Inode.IsDirectory)];
        private readonly HashSet<FileNode> _written = [];

        public List<FileNode> Take(IEnumerable<FileNode> files, IReadOnlyList<FileNode> further)
        {
            var wanted = new HashSet<FileNode>(further);
            foreach (var file in files)
            {
                for (var folder = file.Parent; folder is not null && _known.Contains(folder) && wanted.Add(folder); folder = folder.Parent)
                {
                }
            }

            if (!repeats)
            {
                wanted.ExceptWith(_written);
            }

            _written.UnionWith(wanted);
            return [.. changed.Where(wanted.Contains)];
        }

        public List<FileNode> Remaining(IReadOnlySet<FileNode> metadata)
        {
            var later = new HashSet<FileNode>();
            foreach (var node in metadata)
            {
                for (var folder = node.Parent; folder is not null && folder.Children.Count == 1; folder = folder.Parent)
                {
                    later.Add(folder);
                }
            }

            return [.. changed.Where(node => _known.Contains(node) && !_written.Contains(node) && !later.Contains(node))];
        }
    }
}
