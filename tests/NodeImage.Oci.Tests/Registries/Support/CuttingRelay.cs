using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>Stands between a client and a server, and cuts connections that have carried so much, a few times.</summary>
internal sealed class CuttingRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly long _limit;
    private readonly bool _countsAnswers;
    private int _cutsLeft;

    /// <summary>Begins to relay.</summary>
    /// <param name="target">The server, such as <c>127.0.0.1:5000</c>.</param>
    /// <param name="limit">How many bytes may pass in one direction of one connection.</param>
    /// <param name="countsAnswers">Whether the server's bytes are counted, or the client's.</param>
    /// <param name="cuts">How often a connection is cut.</param>
    public CuttingRelay(string target, long limit, bool countsAnswers, int cuts)
    {
        (_target, _limit, _countsAnswers, _cutsLeft) = (IPEndPoint.Parse(target), limit, countsAnswers, cuts);
        _listener.Start();
        Name = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Its own address.</summary>
    public string Name { get; }

    /// <summary>How many cuts were not made.</summary>
    public int CutsLeft => Math.Max(Volatile.Read(ref _cutsLeft), 0);

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
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), counts: !_countsAnswers),
                CopyAsync(server.GetStream(), client.GetStream(), counts: _countsAnswers));

            // What is lost must look lost, and not ended.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        var buffer = new byte[1 << 16];
        var passed = 0L;
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                passed += read;
                if (counts && passed > _limit && Interlocked.Decrement(ref _cutsLeft) >= 0)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, so the other goes, too.
        }
    }
}
