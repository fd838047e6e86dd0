using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Extensions;
using NodeImage.Treefiles.Repositories;
using NodeImage.Treefiles.Writing;
using ExtensionKind = NodeImage.Treefiles.Extensions.ExtensionKind;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>
/// Has rpm-ostree gather the packages of extensions for a node image. It is shown the node image's rpm database, which is all
/// that it looks at, and the packages of the lock; what it gathers must be just those.
/// </summary>
/// <param name="request">What is composed.</param>
/// <param name="cache">Holds the packages, and what is known of the node image.</param>
internal sealed class RpmOstreeExtensions(ComposeRequest request, ContentCache cache)
{
    private const string Comment = "Written by NodeImage.Sdk of a project; changes are lost when it is written anew.";

    // Where rpm keeps its database, on systems of every age.
    private static readonly string[] DatabaseFolders = ["/usr/share/rpm", "/usr/lib/sysimage", "/var/lib/rpm"];

    private string Rootfs => Path.Combine(request.ScratchFolder, "rootfs");

    private string Output => Path.Combine(request.ScratchFolder, "extensions");

    /// <summary>Writes what rpm-ostree is given.</summary>
    /// <param name="cacheFolder">Where rpm-ostree keeps what it has fetched.</param>
    /// <param name="cancellation">Stops between packages.</param>
    /// <returns>The call.</returns>
    public RpmOstreeStep Prepare(string cacheFolder, CancellationToken cancellation)
    {
        var treefile = Path.Combine(request.ScratchFolder, "treefile", "treefile.yaml");
        var list = Path.Combine(request.ScratchFolder, "treefile", "extensions.yaml");
        var repository = Path.Combine(request.ScratchFolder, "repository");
        Directory.CreateDirectory(Path.GetDirectoryName(treefile)!);
        RpmOstreeInputs.WriteRepository(repository, request.Lock, ImageVersion.Of(request.Definition, request.Lock, request.Base).Time, cache, cancellation);

        // Restore has held the packages to their keys.
        var described = new RepositoryDefinition { Id = RpmOstreeInputs.RepositoryId, BaseUrl = new Uri(repository).AbsoluteUri, GpgCheck = false };
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(treefile)!, TreefileFolder.RepositoriesName), RepoFile.Write([RepositorySections.Of(described, [])]));
        File.WriteAllText(treefile, TreefileWriter.Write(Treefile.Empty.With("repos", [RpmOstreeInputs.RepositoryId]), Comment));
        File.WriteAllText(list, ExtensionsFileWriter.Write(Describe(request.Definition.Extensions), Comment));
        WriteDatabase(cancellation);
        var command = new RpmOstreeCommand(RpmOstreeVerb.ComposeExtensions)
            .With("--rootfs", Rootfs)
            .With("--output-dir", Output)
            .With("--cachedir", cacheFolder)
            .On(treefile, list);
        return new RpmOstreeStep("gathering extensions", command.ToArguments());
    }

    /// <summary>Holds what was gathered to the lock.</summary>
    /// <exception cref="DiagnosticException">It is something else.</exception>
    public void Check()
    {
        var gathered = Directory.Exists(Output)
            ? Directory.EnumerateFiles(Output, "*.rpm", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), path => Sha256Digest.OfFile(path).ToString(), StringComparer.Ordinal)
            : [];
        var wanted = request.Lock.Packages.Select(package => package.Digest).ToHashSet(StringComparer.Ordinal);
        string[] differences =
        [
            .. gathered.Where(file => !wanted.Contains(file.Value)).Select(file => $"+{file.Key}").Order(StringComparer.Ordinal),
            .. request.Lock.Packages.Where(package => !gathered.ContainsValue(package.Digest)).Select(package => $"-{package.Nevra}"),
        ];
        if (differences.Length > 0)
        {
            throw RpmOstreeDiagnostics.OtherPackages.Error(null, string.Join(", ", differences));
        }
    }

    private static ExtensionsFile Describe(ImmutableArray<ExtensionDefinition> extensions) => new()
    {
        Extensions = extensions.ToImmutableSortedDictionary(
            extension => extension.Name,
            extension => new ExtensionEntry(extension.Packages)
            {
                MatchBaseEvr = extension.MatchBaseEvr,
                Kind = extension.Kind == Definition.ExtensionKind.Development ? ExtensionKind.Development : ExtensionKind.OSExtension,
            },
            StringComparer.Ordinal),
    };

    private void WriteDatabase(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Rootfs);
        var tree = ComposeInputs.ReadTree(request.Base!, cache, cancellation);
        foreach (var node in DatabaseFolders.Select(tree.Find).OfType<FileNode>().SelectMany(FileTree.Walk))
        {
            cancellation.ThrowIfCancellationRequested();
            var target = Rootfs + node.Path;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (node.Inode is { IsRegular: true, Content: { } content })
            {
                using var from = content.OpenRead();
                using var to = File.Create(target);
                from.CopyTo(to);
            }
            else if (node.Inode.IsSymbolicLink)
            {
                File.CreateSymbolicLink(target, node.Inode.LinkTarget!);
            }
            else
            {
                Directory.CreateDirectory(target);
            }
        }
    }
}
