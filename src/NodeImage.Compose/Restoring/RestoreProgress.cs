namespace NodeImage.Compose.Restoring;

/// <summary>What a restore is at.</summary>
public enum RestorePhase
{
    /// <summary>Repositories are asked for their metadata.</summary>
    ReadingRepositories,

    /// <summary>Packages are chosen.</summary>
    Choosing,

    /// <summary>Packages are fetched that the cache does not have.</summary>
    Fetching,
}

/// <summary>How far a restore is.</summary>
/// <param name="Phase">What it is at.</param>
public readonly record struct RestoreProgress(RestorePhase Phase)
{
    /// <summary>What it is about: the repositories that are read, or the package that has come last; or null.</summary>
    public string? Subject { get; init; }

    /// <summary>How many packages there are: to choose from, or to fetch.</summary>
    public int Packages { get; init; }

    /// <summary>How many packages have been fetched.</summary>
    public int FetchedPackages { get; init; }

    /// <summary>How many bytes there are to fetch.</summary>
    public long Bytes { get; init; }

    /// <summary>How many bytes have been fetched.</summary>
    public long FetchedBytes { get; init; }
}

/// <summary>Adds up what parallel transfers report.</summary>
/// <param name="progress">Hears of it, or null.</param>
/// <param name="bytes">How many bytes there are to fetch.</param>
/// <param name="packages">How many packages these are.</param>
internal sealed class TransferMeter(IProgress<RestoreProgress>? progress, long bytes, int packages) : IProgress<long>
{
    private long _fetchedBytes;
    private int _fetchedPackages;

    /// <summary>Tells what is about to be fetched, unless there is nothing.</summary>
    public void Start()
    {
        if (packages > 0)
        {
            Tell(null);
        }
    }

    /// <summary>Counts bytes.</summary>
    public void Report(long value)
    {
        Interlocked.Add(ref _fetchedBytes, value);
        Tell(null);
    }

    /// <summary>Counts a package that has been fetched.</summary>
    /// <param name="nevra">The package.</param>
    public void Done(string nevra)
    {
        Interlocked.Increment(ref _fetchedPackages);
        Tell(nevra);
    }

    private void Tell(string? nevra) => progress?.Report(new RestoreProgress(RestorePhase.Fetching)
    {
        Subject = nevra,
        Packages = packages,
        FetchedPackages = Volatile.Read(ref _fetchedPackages),
        Bytes = bytes,
        FetchedBytes = Interlocked.Read(ref _fetchedBytes),
    });
}
