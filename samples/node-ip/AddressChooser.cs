using System.Net;
using System.Net.Sockets;

namespace NodeIP;

/// <summary>An address of an interface.</summary>
/// <param name="Interface">The interface's name.</param>
/// <param name="Address">The address.</param>
/// <param name="HasGateway">Whether the interface leads to a gateway.</param>
public sealed record Candidate(string Interface, IPAddress Address, bool HasGateway);

/// <summary>Chooses the address by which other nodes reach this one.</summary>
public static class AddressChooser
{
    /// <summary>Chooses among candidates: one with a gateway before one without, IPv4 before IPv6, then by name and address.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <returns>The address, or null where no other node could reach any of them.</returns>
    public static IPAddress? Choose(IEnumerable<Candidate> candidates) => candidates
        .Where(candidate => IsReachable(candidate.Address))
        .OrderByDescending(candidate => candidate.HasGateway)
        .ThenBy(candidate => candidate.Address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
        .ThenBy(candidate => candidate.Interface, StringComparer.Ordinal)
        .ThenBy(candidate => candidate.Address.ToString(), StringComparer.Ordinal)
        .FirstOrDefault()?.Address;

    private static bool IsReachable(IPAddress address) =>
        !IPAddress.IsLoopback(address)
        && !address.IsIPv6LinkLocal
        && !address.IsIPv6Multicast
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
