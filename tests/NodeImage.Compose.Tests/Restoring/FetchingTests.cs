using NodeImage.Compose.Definition;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Transfer;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Tests.Restoring;

/// <summary>What comes from repositories, and what is said where it is not what was announced.</summary>
public sealed class FetchingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-").FullName;
    private readonly Downloader _downloader = new(TimeProvider.System);

    public void Dispose()
    {
        _downloader.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Another_checksum_is_told_with_both_checksums()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "primary.xml"), "other", TestContext.Current.CancellationToken);
        var found = Sha256Digest.Of("other"u8).Hex;
        var error = await FetchAsync("primary.xml", 5);
        Assert.Equal("NI2002", error.Code);
        Assert.Contains($"checksum of primary.xml is {found}, but {Sha256Digest.Of([]).Hex} was announced", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_size_is_told_as_such()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "primary.xml"), "longer", TestContext.Current.CancellationToken);
        var error = await FetchAsync("primary.xml", 5);
        Assert.Equal("NI2007", error.Code);
        Assert.Contains("more than 5 bytes, but 5 were announced", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://mirror.example/os", null, "NI2024")]
    [InlineData(null, "ftp://mirror.example/list", "NI2024")]
    [InlineData(null, null, "NI2015")]
    public async Task An_address_that_cannot_be_read_has_a_code(string? baseUrl, string? list, string code)
    {
        var definition = new RepositoryDefinition { Id = "r", BaseUrl = baseUrl, MirrorList = list };
        var error = await Assert.ThrowsAsync<DiagnosticException>(() => RepositoryLoader.AddressesAsync(definition, _downloader, _folder, TestContext.Current.CancellationToken));
        Assert.Equal(code, error.Diagnostic.Code);
    }

    private async Task<Diagnostic> FetchAsync(string location, long size)
    {
        var addresses = RepositoryLoader.StaticAddresses(new RepositoryDefinition { Id = "r", BaseUrl = _folder });
        var fetcher = new RepositoryFetcher(addresses, new ContentCache(Path.Combine(_folder, "cache"), TimeProvider.System), _downloader, Path.Combine(_folder, "scratch"));
        var request = new RepositoryFileRequest("r", location, null, new MetadataChecksum(DigestAlgorithm.Sha256, Sha256Digest.Of([]).Hex), size);
        return (await Assert.ThrowsAsync<DiagnosticException>(() => fetcher.FetchAsync(request, TestContext.Current.CancellationToken))).Diagnostic;
    }
}
