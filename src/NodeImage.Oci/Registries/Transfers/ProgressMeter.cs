namespace NodeImage.Oci.Registries.Transfers;

/// <summary>Adds up how far the blobs of one transfer have come.</summary>
internal sealed class ProgressMeter(IProgress<TransferProgress>? progress, long total)
{
    private long _done;

    /// <summary>A part of the whole, which reports where it stands.</summary>
    public IProgress<long> Part() => new PartMeter(this);

    private void Move(long distance)
    {
        var done = Interlocked.Add(ref _done, distance);
        progress?.Report(new TransferProgress(done, total));
    }

    private sealed class PartMeter(ProgressMeter whole) : IProgress<long>
    {
        private long _position;

        public void Report(long value) => whole.Move(value - Interlocked.Exchange(ref _position, value));
    }
}
