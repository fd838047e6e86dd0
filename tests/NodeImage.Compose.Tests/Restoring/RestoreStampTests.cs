using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;

namespace NodeImage.Compose.Tests.Restoring;

/// <summary>A restore is skipped only where nothing that it reads has changed, and all that it brought is still there.</summary>
public sealed class RestoreStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ContentCache _cache;

    public RestoreStampTests() => _cache = new ContentCache(_folder["cache"], TimeProvider.System);

    private RestoreStamp Stamp => new(_folder["stamp"], _cache);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_fits_when_nothing_has_changed()
    {
        var key = Remember();
        Assert.True(Stamp.Fits(key, out var below));
        Assert.Equal("", below);
    }

    [Fact]
    public void It_does_not_fit_before_there_was_one() => Assert.False(Stamp.Fits(Sha256Digest.Of([]), out _));

    [Fact]
    public void It_does_not_fit_when_a_package_has_left_the_cache()
    {
        var key = Remember();
        File.Delete(Directory.EnumerateFiles(_folder["cache"], "*", SearchOption.AllDirectories).Single());
        Assert.False(Stamp.Fits(key, out _));
    }

    [Fact]
    public void Every_input_counts()
    {
        _folder.Write("a", [1]);
        var key = Stamp.Key(false, null, _folder["a"], _folder["b"]);
        Assert.Equal(key, Stamp.Key(false, null, _folder["a"], _folder["b"]));
        Assert.NotEqual(key, Stamp.Key(true, null, _folder["a"], _folder["b"]));
        Assert.NotEqual(key, Stamp.Key(false, null, _folder["b"], _folder["a"]));
        Assert.NotEqual(key, Stamp.Key(false, null, _folder["a"]));
        _folder.Write("b", []);
        var withEmpty = Stamp.Key(false, null, _folder["a"], _folder["b"]);
        Assert.NotEqual(key, withEmpty);
        _folder.Write("b", [2]);
        Assert.NotEqual(withEmpty, Stamp.Key(false, null, _folder["a"], _folder["b"]));
        Assert.NotEqual(key, new RestoreStamp(_folder["stamp"], new ContentCache(_folder["other"], TimeProvider.System)).Key(false, null, _folder["a"], _folder["b"]));
    }

    [Fact]
    public void Nothing_is_remembered_of_a_restore_whose_packages_are_gone_already()
    {
        Stamp.Write(Sha256Digest.Of([1]), Lock(Sha256Digest.Of([9])), null);
        Assert.False(File.Exists(_folder["stamp"]));
    }

    private static RpmLock Lock(Sha256Digest package) =>
        new() { Request = "sha256:0", Packages = [new LockedPackage("a-1-1.noarch", "r", "a.rpm", 1, package.ToString(), null)] };

    private Sha256Digest Remember()
    {
        var package = Sha256Digest.Of([9]);
        _cache.Add("rpm", package, stream => stream.WriteByte(9));
        var key = Stamp.Key(false, null, []);
        Stamp.Write(key, Lock(package), null);
        return key;
    }
}
