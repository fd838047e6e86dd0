using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeImage.EndToEnd.Tests.Publishing.Support;

/// <summary>Stands between a client and a registry, and lets only so much of what the client sends pass until it is told otherwise.</summary>
internal sealed class SlowRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _full = new();
    private readonly IPEndPoint _target;
    private readonly long _limit;
    private readonly TaskCompletionSource _open = new();
    private long _passed;

    /// <summary>Begins to relay.</summary>
    /// <param name="target">The registry, such as <c>127.0.0.1:5000</c>.</param>
    /// <param name="limit">How many bytes pass before the rest has to wait.</param>
    public SlowRelay(string target, long limit)
    {
        (_target, _limit) = (IPEndPoint.Parse(target), limit);
        _listener.Start();
        Name = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Its own address.</summary>
    public string Name { get; }

    /// <summary>Done when as much has passed as may.</summary>
    public Task Full => _full.Task;

    /// <summary>Lets everything pass.</summary>
    public void Open() => _open.TrySetResult();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_target, _stop.Token);
            await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), counts: true), CopyAsync(server.GetStream(), client.GetStream(), counts: false));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                if (counts && Interlocked.Add(ref _passed, read) > _limit)
                {
                    _full.TrySetResult();
                    await _open.Task.WaitAsync(_stop.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, so the other goes, too.
        }
    }
}
