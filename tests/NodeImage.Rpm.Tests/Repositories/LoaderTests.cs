using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Repositories;

public sealed class LoaderTests
{
    private const string Primary = """
        <metadata><package type="rpm"><name>a</name><arch>noarch</arch><version ver="1" rel="1"/></package>
        <package type="rpm"><name>b</name><arch>noarch</arch><version ver="1" rel="1"/></package></metadata>
        """;

    private const string FileLists = """<filelists><package pkgid="01" name="a"><file>/opt/a</file></package></filelists>""";

    private const string Groups = "<comps><group><id>core</id><packagelist><packagereq>a</packagereq></packagelist></group></comps>";

    [Fact]
    public async Task A_repository_is_loaded()
    {
        using var repository = new Repository();

        var metadata = await repository.LoadAsync();

        Assert.Equal(["a", "b"], metadata.Packages.Select(package => package.Nevra.Name));
        Assert.Equal(["a"], metadata.Groups.Resolve("core").Select(package => package.Name));
        Assert.Equal("42", metadata.Index.Revision);
        Assert.False(metadata.HasModules);
        Assert.Null(metadata.SigningKeyId);
        Assert.Empty(metadata.Warnings);
        var owners = await repository.Loader.FindOwnersAsync(metadata, new HashSet<string> { "/opt/a" }, TestContext.Current.CancellationToken);
        Assert.Equal(["01"], owners["/opt/a"]);
    }

    [Fact]
    public async Task Packages_that_are_excluded_do_not_count_and_modules_are_noticed()
    {
        using var repository = new Repository { Extra = "<data type=\"modules\"><location href=\"repodata/modules.yaml.gz\"/></data>" };

        var metadata = await repository.LoadAsync(options => options with { Filter = new RepositoryFilter([], ["b"]) });

        Assert.Equal(["a"], metadata.Packages.Select(package => package.Nevra.Name));
        Assert.True(metadata.HasModules);
    }

    [Fact]
    public async Task Weak_checksums_are_warned_of()
    {
        using var repository = new Repository { Algorithm = "sha" };

        var warning = Assert.Single((await repository.LoadAsync()).Warnings);

        Assert.Equal((RepositoryDiagnostics.WeakChecksum.Code, DiagnosticSeverity.Warning), (warning.Code, warning.Descriptor.Severity));
    }

    [Fact]
    public async Task A_signature_is_verified_where_one_is_asked_for()
    {
        using var repository = new Repository();
        var keyring = new RpmKeyring();
        keyring.Add(TestKey.Rsa.Certificate, "key");

        await Refused(SignatureDiagnostics.Unsigned, () => repository.LoadAsync(options => options with { Keyring = keyring }));
        repository.Write("repodata/repomd.xml.asc", TestKey.Armor(TestKey.Rsa.Sign(repository.Index())));
        Assert.Equal($"{TestKey.Rsa.KeyId:x16}", (await repository.LoadAsync(options => options with { Keyring = keyring })).SigningKeyId);
        repository.Write("repodata/repomd.xml.asc", TestKey.Rsa.Sign([1]));
        await Refused(SignatureDiagnostics.BadSignature, () => repository.LoadAsync(options => options with { Keyring = keyring }));
    }

    [Fact]
    public async Task A_metalink_vouches_for_the_index()
    {
        using var repository = new Repository();
        repository.Prepare();
        var right = new MetadataChecksum(DigestAlgorithm.Sha256, Convert.ToHexStringLower(SHA256.HashData(repository.Index())));
        var wrong = right with { Value = new string('0', 64) };

        await repository.LoadAsync(options => options with { Metalink = new Metalink([], null, [right], []) });
        await repository.LoadAsync(options => options with { Metalink = new Metalink([], null, [], []) });
        await Refused(RepositoryDiagnostics.ChecksumMismatch, () => repository.LoadAsync(options => options with { Metalink = new Metalink([], null, [wrong], []) }));
    }

    [Fact]
    public async Task What_is_not_as_announced_is_refused()
    {
        await Refused(RepositoryDiagnostics.ChecksumMismatch, Changed(repository => repository.Damage(10)));
        await Refused(RepositoryDiagnostics.SizeMismatch, Changed(repository => repository.Damage(null)));
        await Refused(RepositoryDiagnostics.ChecksumMismatch, new Repository { OpenChecksum = new string('0', 64) });
        await Refused(RepositoryDiagnostics.Malformed, new Repository { OpenSize = 5 });
        await Refused(RepositoryDiagnostics.Malformed, new Repository { PrimaryXml = "<metadata>" });
        await Refused(RepositoryDiagnostics.Unsupported, new Repository { HasChecksums = false });
        await Refused(RepositoryDiagnostics.Unsupported, new Repository { Content = [0, .. "ZCK1"u8, 1, 2, 3] });
        await Refused(RepositoryDiagnostics.MissingMetadata, new Repository { Type = "secondary" });
        await Refused(RepositoryDiagnostics.Unreachable, Changed(repository => repository.Delete()));
        await Refused(RepositoryDiagnostics.Malformed, Changed(repository => repository.Write("repodata/repomd.xml", "<repo"u8.ToArray())));
    }

    private static Repository Changed(Action<Repository> change)
    {
        var repository = new Repository();
        repository.Prepare();
        change(repository);
        return repository;
    }

    private static async Task Refused(DiagnosticDescriptor descriptor, Repository repository)
    {
        using (repository)
        {
            await Refused(descriptor, () => repository.LoadAsync());
        }
    }

    private static async Task Refused(DiagnosticDescriptor descriptor, Func<Task> load) =>
        Assert.Equal(descriptor.Code, (await Assert.ThrowsAsync<DiagnosticException>(load)).Diagnostic.Code);

    private sealed class Repository : IRepositoryFetcher, IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private bool _isPrepared;

        public RepositoryMetadataLoader Loader => new(this);

        public string Type { get; init; } = "primary";

        public string PrimaryXml { get; init; } = Primary;

        public string Algorithm { get; init; } = "sha256";

        public bool HasChecksums { get; init; } = true;

        public string? OpenChecksum { get; init; }

        public long? OpenSize { get; init; }

        public byte[]? Content { get; init; }

        public string Extra { get; init; } = "";

        public Task<RepositoryMetadata> LoadAsync(Func<RepositoryLoadOptions, RepositoryLoadOptions>? change = null)
        {
            Prepare();
            var options = new RepositoryLoadOptions { Repository = "test", LoadGroups = true };
            return Loader.LoadAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        }

        public void Prepare()
        {
            if (!_isPrepared)
            {
                _isPrepared = true;
                var xml = $"<repomd><revision>42</revision>{Entry(Type, PrimaryXml)}{Entry("filelists", FileLists)}{Entry("group", Groups)}{Extra}</repomd>";
                Write("repodata/repomd.xml", Encoding.UTF8.GetBytes(xml));
            }
        }

        public byte[] Index() => File.ReadAllBytes(_folder["repodata/repomd.xml"]);

        public void Write(string location, byte[] content) => _folder.Write(location, content);

        public void Delete() => File.Delete(_folder[$"repodata/{Type}"]);

        /// <summary>Changes a byte of primary.xml, or takes the last away.</summary>
        public void Damage(int? position)
        {
            var path = _folder[$"repodata/{Type}"];
            var content = File.ReadAllBytes(path);
            if (position is { } changed)
            {
                content[changed] ^= 1;
            }

            File.WriteAllBytes(path, position is null ? content[..^1] : content);
        }

        public Task<string> FetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken) => Task.FromResult(_folder[request.Location]);

        public Task<string?> TryFetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(File.Exists(_folder[request.Location]) ? _folder[request.Location] : null);

        public void Dispose() => _folder.Dispose();

        private string Entry(string type, string xml)
        {
            var open = Encoding.UTF8.GetBytes(xml);
            var stored = type == Type && Content is not null ? Content : Compress(open);
            Write($"repodata/{type}", stored);
            var checksums = $"""
                <checksum type="{Algorithm}">{Hex(stored)}</checksum><open-checksum type="{Algorithm}">{(type == Type ? OpenChecksum : null) ?? Hex(open)}</open-checksum>
                """;
            return $"""
                <data type="{type}">{(HasChecksums ? checksums : "")}<location href="repodata/{type}"/><size>{stored.Length}</size>
                <open-size>{(type == Type ? OpenSize : null) ?? open.Length}</open-size></data>
                """;
        }

        private string Hex(byte[] content) => Convert.ToHexStringLower(RunningDigest.Of(DigestAlgorithms.Parse(Algorithm), content));

        private static byte[] Compress(byte[] content)
        {
            using var output = new MemoryStream();
            using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            {
                gzip.Write(content);
            }

            return output.ToArray();
        }
    }
}
