using System.Net.Sockets;

namespace NodeImage.Tests.Shared.Relays;

/// <summary>Cuts connections that have carried so much, a few times.</summary>
/// <param name="target">The server, such as <c>127.0.0.1:5000</c>.</param>
/// <param name="limit">How many bytes may pass in one direction of one connection.</param>
/// <param name="countsAnswers">Whether the server's bytes are counted, or the client's.</param>
/// <param name="cuts">How often a connection is cut.</param>
internal sealed class CuttingRelay(string target, long limit, bool countsAnswers, int cuts) : Relay(target)
{
    private int _cutsLeft = cuts;

    /// <summary>How many cuts were not made.</summary>
    public int CutsLeft => Math.Max(Volatile.Read(ref _cutsLeft), 0);

    protected override async Task<bool> HandOnAsync(ReadOnlyMemory<byte> bytes, long passed, bool isAnswer, Stream to, CancellationToken stop)
    {
        await to.WriteAsync(bytes, stop);
        return isAnswer != countsAnswers || passed + bytes.Length <= limit || Interlocked.Decrement(ref _cutsLeft) < 0;
    }

    // What is lost must look lost, and not ended.
    protected override void Ended(TcpClient client) => client.LingerState = new LingerOption(true, 0);
}
