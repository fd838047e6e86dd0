namespace NodeImage.Tests.Shared.Relays;

/// <summary>Lets only so much of what the client sends pass until it is told otherwise.</summary>
/// <param name="target">The server, such as <c>127.0.0.1:5000</c>.</param>
/// <param name="limit">How many bytes pass before the rest has to wait.</param>
internal sealed class SlowRelay(string target, long limit) : Relay(target)
{
    private readonly TaskCompletionSource _full = new();
    private readonly TaskCompletionSource _open = new();
    private long _passed;

    /// <summary>Done when as much has passed as may.</summary>
    public Task Full => _full.Task;

    /// <summary>Lets everything pass.</summary>
    public void Open() => _open.TrySetResult();

    protected override async Task<bool> HandOnAsync(ReadOnlyMemory<byte> bytes, long passed, bool isAnswer, Stream to, CancellationToken stop)
    {
        if (!isAnswer && Interlocked.Add(ref _passed, bytes.Length) > limit)
        {
            _full.TrySetResult();
            await _open.Task.WaitAsync(stop);
        }

        await to.WriteAsync(bytes, stop);
        return true;
    }
}
