using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>Adds up how far the blobs of one transfer have come.</summary>
internal sealed class ProgressMeter
{
    private readonly IProgress<TransferProgress>? _progress;
    private readonly long _total;
    private long _done;

    private ProgressMeter(IProgress<TransferProgress>? progress, long total) => (_progress, _total) = (progress, total);

    /// <summary>Makes a meter for some blobs.</summary>
    public static ProgressMeter Of(IProgress<TransferProgress>? progress, IEnumerable<Descriptor> blobs) => new(progress, Sum(blobs));

    /// <summary>The size of some blobs, or the largest number where it is larger.</summary>
    public static long Sum(IEnumerable<Descriptor> blobs) => blobs.Aggregate(0L, (sum, blob) => blob.Size > long.MaxValue - sum ? long.MaxValue : sum + blob.Size);

    /// <summary>A part of the whole, which reports where it stands.</summary>
    public IProgress<long> Part() => new PartMeter(this);

    private void Move(long distance)
    {
        var done = Interlocked.Add(ref _done, distance);
        _progress?.Report(new TransferProgress(done, _total));
    }

    private sealed class PartMeter(ProgressMeter whole) : IProgress<long>
    {
        private long _position;

        public void Report(long value) => whole.Move(value - Interlocked.Exchange(ref _position, value));
    }
}
