namespace NodeImage.Oci.Registries.Transport;

/// <summary>Gives up an exchange in which nothing moves any more.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly RegistryOptions _options;

    public StallGuard(RegistryOptions options, CancellationToken cancellation)
    {
        _options = options;
        _timer = new CancellationTokenSource(options.AnswerLimit, options.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _timer.Token);
    }

    /// <summary>Cancelled when nothing moves, or by the caller.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Some bytes have moved, and more should follow.</summary>
    public void ExpectBytes() => _timer.CancelAfter(_options.StallLimit);

    /// <summary>All has been sent, and the answer should follow.</summary>
    public void ExpectAnswer() => _timer.CancelAfter(_options.AnswerLimit);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
