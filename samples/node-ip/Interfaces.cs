using System.Net.NetworkInformation;

namespace NodeIP;

/// <summary>The interfaces of this machine.</summary>
internal static class Interfaces
{
    /// <summary>Reads the addresses of all interfaces that are up.</summary>
    public static IEnumerable<Candidate> Read() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
        let properties = network.GetIPProperties()
        from address in properties.UnicastAddresses
        select new Candidate(network.Name, address.Address, properties.GatewayAddresses.Count > 0);
}
