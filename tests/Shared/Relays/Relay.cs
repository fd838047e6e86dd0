using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NodeImage.Tests.Shared.Relays;

/// <summary>Stands between a client and a server on this machine, and hands on what they say.</summary>
internal abstract class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;

    /// <summary>Begins to relay.</summary>
    /// <param name="target">The server, such as <c>127.0.0.1:5000</c>.</param>
    protected Relay(string target)
    {
        _target = IPEndPoint.Parse(target);
        _listener.Start();
        Name = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Its own address.</summary>
    public string Name { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Hands on what has come in one direction of a connection.</summary>
    /// <param name="passed">How much of this connection's direction has come before.</param>
    /// <returns>False to end the connection.</returns>
    protected abstract Task<bool> HandOnAsync(ReadOnlyMemory<byte> bytes, long passed, bool isAnswer, Stream to, CancellationToken stop);

    /// <summary>Called when one side has ended a connection, or it was cut.</summary>
    protected virtual void Ended(TcpClient client)
    {
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
            await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false), CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true));
            Ended(client);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var buffer = new byte[1 << 16];
        var passed = 0L;
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0 && await HandOnAsync(buffer.AsMemory(0, read), passed, isAnswer, to, _stop.Token);)
            {
                passed += read;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, so the other goes, too.
        }
    }
}
