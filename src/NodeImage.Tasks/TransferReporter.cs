using NodeImage.Oci.Registries.Transfers;

namespace NodeImage.Tasks;

/// <summary>Says now and then how far a transfer is: each time that so much more has come, or so much time has passed.</summary>
/// <param name="say">Takes the bytes that are done and all bytes.</param>
/// <param name="time">Measures.</param>
internal sealed class TransferReporter(Action<long, long> say, TimeProvider time) : IProgress<TransferProgress>
{
    private const int Steps = 20;
    private const long SmallestStep = 16L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _alone = new();
    private long _last;
    private long _lastTime = time.GetTimestamp();

    /// <inheritdoc/>
    public void Report(TransferProgress value)
    {
        lock (_alone)
        {
            var step = Math.Max(value.Total / Steps, SmallestStep);
            var due = value.Done - _last >= step || (value.Done > _last && time.GetElapsedTime(_lastTime) >= Patience);
            if (due && value.Done < value.Total)
            {
                (_last, _lastTime) = (value.Done, time.GetTimestamp());
                say(value.Done, value.Total);
            }
        }
    }
}
