using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Treefiles.Repositories;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Writes repositories as dnf reads them: <c>dnf.conf(5)</c>, "Repo options".</summary>
internal static class RepositoryFile
{
    private const int MaxKeySize = 4 << 20;

    /// <summary>Whether a repository is on this machine, where nobody else could reach it.</summary>
    public static bool IsLocal(RepositoryDefinition repository) =>
        repository is { MetaLink: null, MirrorList: null } && (repository.BaseUrl is not { } address || RepositoryAddresses.Parse(address) is not { IsFile: false });

    /// <summary>The name that a repository has in file names and in dnf: its own, where dnf allows it.</summary>
    public static string NameOf(RepositoryDefinition repository) =>
        repository.Id.Length > 0 && repository.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') && repository.Id is not ("." or "..")
            ? repository.Id
            : throw ContainerDiagnostics.BadValue.Error(new ItemReference("RpmRepository", repository.Id), "repository", Quoting.Printable(repository.Id), "dnf's names have letters, digits, '-', '_', '.' and ':' only.");

    /// <summary>Whether an address has a password in it: then the file is a secret.</summary>
    public static bool IsSecret(RepositoryDefinition repository) =>
        new[] { repository.BaseUrl, repository.MirrorList, repository.MetaLink }.Any(address => address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0);

    /// <summary>The keys that lie beside the Containerfile: their paths there, and what they hold.</summary>
    public static IEnumerable<(string Path, FileContent Content)> Keys(RepositoryDefinition repository, string projectFolder)
    {
        var own = repository.Keys.Select(key => key.Open(projectFolder));
        var local = LocalKeyAddresses(repository).Select(address =>
        {
            var file = new FileInfo(new Uri(address).LocalPath);
            return file is { Exists: true, Length: <= MaxKeySize }
                ? new DiskContent(file.FullName, file.Length, Sha256Digest.OfFile(file.FullName))
                : throw ContainerDiagnostics.BadValue.Error(new ItemReference("RpmRepository", repository.Id), "key", address, "there is no such file, or it is no key.");
        });
        return own.Concat(local).Select((content, i) => (string.Create(CultureInfo.InvariantCulture, $"packages/keys/{NameOf(repository)}-{i}.asc"), content));
    }

    /// <summary>Writes a repository's file, as those beside a treefile are written, with keys where steps see them.</summary>
    public static string Write(RepositoryDefinition repository, string projectFolder)
    {
        var keys = Keys(repository, projectFolder).Select(key => $"file://{ContainerfileBuilder.Here}/{key.Path}").Concat(repository.KeyAddresses.Except(LocalKeyAddresses(repository)));
        var section = RepositorySections.Of(repository, [.. keys]) with { Id = NameOf(repository) };
        foreach (var (name, value) in section.Options)
        {
            Quoting.RequirePrintable($"{name} of the repository {repository.Id}", value);
        }

        return RepoFile.Write([section]);
    }

    private static IEnumerable<string> LocalKeyAddresses(RepositoryDefinition repository) =>
        repository.KeyAddresses.Where(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile);
}
