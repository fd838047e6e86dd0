using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;

namespace NodeImage.Core.Tests;

/// <summary>A lock lets one in at a time, and lets go of whoever waits when asked to.</summary>
public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_change_write_loses_nothing()
    {
        File.WriteAllText(_folder["count"], "0");
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), Cancellation, async (_, stop) =>
        {
            using var alone = await FileLock.TakeAsync(_folder["locks/count"], stop);
            var count = int.Parse(await File.ReadAllTextAsync(_folder["count"], stop), System.Globalization.CultureInfo.InvariantCulture);
            await Task.Yield();
            await File.WriteAllTextAsync(_folder["count"], $"{count + 1}", stop);
        });
        Assert.Equal("40", File.ReadAllText(_folder["count"]));
    }

    [Fact]
    public async Task Who_waits_can_be_stopped()
    {
        using var held = await FileLock.TakeAsync(_folder["lock"], Cancellation);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileLock.TakeAsync(_folder["lock"], stop.Token));
    }

    [Fact]
    public async Task What_was_given_up_can_be_taken()
    {
        (await FileLock.TakeAsync(_folder["lock"], Cancellation)).Dispose();
        (await FileLock.TakeAsync(_folder["lock"], Cancellation)).Dispose();
    }

    [Fact]
    public async Task A_folder_where_the_lock_should_be_is_an_error_and_no_wait()
    {
        Directory.CreateDirectory(_folder["lock"]);
        await Assert.ThrowsAnyAsync<Exception>(() => FileLock.TakeAsync(_folder["lock"], Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Fact]
    public async Task Locks_of_a_cache_for_other_things_are_others()
    {
        var cache = new ContentCache(_folder["cache"], TimeProvider.System);
        using var one = await cache.LockAsync(Sha256Digest.Of([1]), Cancellation);
        using var two = await cache.LockAsync(Sha256Digest.Of([2]), Cancellation);
        using var file = await cache.LockForAsync(_folder["rpms.lock.json"], Cancellation);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.LockForAsync(_folder["x/../rpms.lock.json"], stop.Token));
    }

    [Fact]
    public async Task A_cache_that_is_made_smaller_keeps_its_locks()
    {
        var cache = new ContentCache(_folder["cache"], TimeProvider.System);
        cache.Add("rpm", Sha256Digest.Of([1]), stream => stream.WriteByte(1));
        using var held = await cache.LockAsync(Sha256Digest.Of([1]), Cancellation);
        Assert.Equal(1, cache.Trim(0));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.LockAsync(Sha256Digest.Of([1]), stop.Token));
    }
}
