using NodeImage.Rpm.Repositories;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Brings the files of a repository that is a folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderFetcher(string folder) : IRepositoryFetcher
{
    public Task<string> FetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken) => Task.FromResult(Path.Combine(folder, request.Location));

    public Task<string?> TryFetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Loads all that the folder offers.</summary>
    public static Task<RepositoryMetadata> LoadAsync(string folder) =>
        new RepositoryMetadataLoader(new FolderFetcher(folder)).LoadAsync(new RepositoryLoadOptions { Repository = "test" }, TestContext.Current.CancellationToken);
}
