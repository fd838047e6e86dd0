namespace NodeImage.Compose.Restoring;

/// <summary>How far a restore is.</summary>
/// <param name="FetchedBytes">How many bytes have been fetched.</param>
/// <param name="TotalBytes">How many there are, those that the cache has included.</param>
/// <param name="Packages">How many packages there are.</param>
public readonly record struct RestoreProgress(long FetchedBytes, long TotalBytes, int Packages);

/// <summary>Adds up what parallel transfers report.</summary>
internal sealed class TransferMeter(IProgress<RestoreProgress>? progress, long totalBytes, int packages) : IProgress<long>
{
    private long _fetched;

    public void Report(long value) => progress?.Report(new RestoreProgress(Interlocked.Add(ref _fetched, value), totalBytes, packages));
}
