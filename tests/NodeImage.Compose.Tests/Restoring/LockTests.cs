using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Transfer;

namespace NodeImage.Compose.Tests.Restoring;

/// <summary>Lock files: when they fit, and what becomes of those that somebody has edited.</summary>
public sealed class LockTests : IDisposable
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-").FullName;

    private string LockFile => Path.Combine(_folder, "rpms.lock.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_package_that_becomes_forbidden_makes_the_lock_out_of_date()
    {
        var definition = PassContexts.Definition();
        var forbidding = definition with { Forbidden = [new ForbiddenPackage("telnet", "it is unsafe.")] };
        Assert.NotEqual(Request(definition).Digest, Request(forbidding).Digest);
        Assert.Equal(Request(forbidding).Digest, Request(definition with { Forbidden = [new ForbiddenPackage("telnet", "other words.")] }).Digest);
    }

    [Theory]
    [InlineData("""{"version":2,"targets":{}}""", "version 1")]
    [InlineData("""{"version":1,"targets":null}""", "no targets")]
    [InlineData("""{"version":1,"targets":{"rhel9.6/x86_64":null}}""", "incomplete")]
    [InlineData("""{"version":1,"targets":{"rhel9.6/x86_64":{"request":"x","repositories":{},"removed":[],"packages":[{"nevra":"a-1-1.noarch","repository":"r","location":"a.rpm","size":1,"digest":"sha256:12"}]}}}""", "no SHA-256 digest")]
    [InlineData("""{"version":1,"targets":{"rhel9.6/x86_64":{"request":"x","repositories":{},"removed":[],"packages":[{"nevra":"a-1-1.noarch","repository":"r","location":"a.rpm","size":1}]}}}""", "no SHA-256 digest")]
    [InlineData("""{"version":1,"targets":{"rhel9.6/x86_64":{"request":"x","repositories":{},"removed":[],"packages":[null]}}}""", "no NEVRA")]
    [InlineData("<<<<<<< HEAD", "")]
    public void A_lock_file_that_makes_no_sense_is_refused(string text, string reason)
    {
        File.WriteAllText(LockFile, text);
        var error = Assert.Throws<DiagnosticException>(() => LockFiles.Read(LockFile)).Diagnostics[0];
        Assert.Equal("NI2012", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_without_the_target_is_refused_where_the_target_is_needed()
    {
        File.WriteAllText(LockFile, """{"version":1,"targets":{}}""");
        var error = Assert.Throws<DiagnosticException>(() => LockFiles.ReadTarget(LockFile, PassContexts.Definition())).Diagnostics[0];
        Assert.Equal("NI2012", error.Code);
    }

    [Fact]
    public async Task A_locked_package_of_a_repository_that_the_project_lacks_is_refused()
    {
        var request = Request(PassContexts.Definition());
        var locked = new RpmLock { Request = request.Digest.ToString(), Packages = [new LockedPackage("a-1-1.noarch", "gone", "a.rpm", 0, Digest, null)] };
        var file = new RpmLockFile();
        await File.WriteAllBytesAsync(LockFile, (file with { Targets = file.Targets.Add(request.Target, locked) }).Write(), TestContext.Current.CancellationToken);
        using var downloader = new Downloader(TimeProvider.System);
        var restorer = new PackageRestorer(new ContentCache(Path.Combine(_folder, "cache"), TimeProvider.System), downloader, Path.Combine(_folder, "scratch"));
        var error = await Assert.ThrowsAsync<DiagnosticException>(() => restorer.RestoreAsync(request, _ => { }, null, TestContext.Current.CancellationToken));
        Assert.Equal("NI2012", error.Diagnostics[0].Code);
        Assert.Contains("'gone'", error.Message, StringComparison.Ordinal);
    }

    private RestoreRequest Request(ImageDefinition definition) => new(definition, _folder, null) { LockFile = LockFile };
}
