using System.Globalization;
using System.Text.Json.Nodes;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Json;
using NodeImage.Oci.Layouts;
using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Repositories.Writing;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>
/// Makes an extensions image: packages and the metadata that makes a repository of them, where OpenShift's machine-config
/// operator looks for it, and last their list, alone in a layer, so that <c>oc image extract IMAGE[-1]</c> gets it (openshift/os,
/// <c>extensions/Containerfile</c>). The image stands on nothing: whoever uses it reads its files and runs none.
/// </summary>
internal sealed class ExtensionsComposition(ComposeRequest request, ImageVersion version, ContentCache cache, CancellationToken cancellation)
{
    /// <summary>The folder of the repository in the image.</summary>
    public const string Folder = "/usr/share/rpm-ostree/extensions";

    /// <summary>The list of the packages.</summary>
    public const string ListPath = "/usr/share/rpm-ostree/extensions.json";

    /// <summary>A package has no name that a file could have. Arguments: the package.</summary>
    private static readonly DiagnosticDescriptor BadFileName = new(
        "NI3801",
        "A package cannot be a file of the repository",
        "The package '{0}' cannot be a file of the extensions' repository: its file would have no proper name, or that of another package. Do not use the repository that it comes from before its owner has explained this.");

    /// <summary>Makes the image.</summary>
    public OciImage Compose()
    {
        request.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Laying out {request.Lock.Packages.Length} packages"));
        var tree = new FileTree();
        var packages = AddPackages(tree);
        AddMetadata(tree, [.. packages.Select(package => package.Published)]);
        var list = tree.Put(ListPath, Inode.Regular(FileContent.Of(List(packages.Select(package => package.Published.File.Info)))) with { ModificationTime = version.Time });
        var inputs = new ComposeInputs([.. packages.Select(package => package.Installable)], null, RpmDatabase.Empty);
        request.Progress?.Invoke("Writing the image");
        return new ImageWriter(request with { Base = null }, inputs, version, cache, cancellation).Write(new ComposedTree(tree, new HashSet<FileNode> { list }));
    }

    /// <summary>The list of packages as OpenShift's tools read it: version and architecture by name.</summary>
    /// <param name="packages">The packages; of several of one name the newest counts.</param>
    /// <returns>The file's bytes.</returns>
    internal static byte[] List(IEnumerable<RpmPackageInfo> packages)
    {
        var list = new JsonObject();
        foreach (var nevra in packages.Select(package => package.Nevra).Order())
        {
            list[nevra.Name] = $"{nevra.Evr}.{nevra.Architecture}";
        }

        return CanonicalJson.Write(list);
    }

    private List<(PublishedPackage Published, InstallablePackage Installable)> AddPackages(FileTree tree)
    {
        var store = new PackageStore(cache);
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. request.Lock.Packages.Select(locked =>
        {
            cancellation.ThrowIfCancellationRequested();
            var path = store.Require(locked);
            var digest = Sha256Digest.Parse(locked.Digest);
            var file = RpmPackageFile.Open(path, locked.Nevra);
            var name = FileName(file.Info, locked);
            if (!names.Add(name))
            {
                throw BadFileName.Error(null, locked.Nevra);
            }

            var installable = new InstallablePackage(new PackageArchive(file, digest, cache), null);

            // A package's file is as old as the package, so that its layer depends on it alone.
            tree.Put(ImagePath.Join(Folder, name), Inode.Regular(new DiskContent(path, file.Length, digest)) with { ModificationTime = file.Info.BuildTime, Origin = installable.Origin });
            return (new PublishedPackage(file, name, digest), installable);
        })];
    }

    private static string FileName(RpmPackageInfo info, LockedPackage locked)
    {
        var (name, evr, architecture) = info.Nevra;
        var file = $"{name}-{evr.Version}-{evr.Release}.{architecture}.rpm";
        return RepositoryLocation.IsInside(file) && !file.Contains('/', StringComparison.Ordinal) ? file : throw BadFileName.Error(null, locked.Nevra);
    }

    private void AddMetadata(FileTree tree, List<PublishedPackage> packages)
    {
        RepositoryWriter.Write(request.ScratchFolder, packages, new RepositoryWriterOptions { Revision = version.Time }, cancellation);
        var folder = ImagePath.Join(Folder, RepositoryWriter.MetadataFolder);
        foreach (var path in Directory.GetFiles(Path.Combine(request.ScratchFolder, RepositoryWriter.MetadataFolder)).Order(StringComparer.Ordinal))
        {
            var content = new DiskContent(path, new FileInfo(path).Length, Sha256Digest.OfFile(path));
            tree.Put(ImagePath.Join(folder, Path.GetFileName(path)), Inode.Regular(content) with { ModificationTime = version.Time });
        }
    }
}
