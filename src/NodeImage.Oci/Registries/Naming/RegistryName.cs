using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Oci.Registries.Naming;

/// <summary>The name of a registry: a host, and a port where it is not the usual one.</summary>
public sealed partial record RegistryName
{
    /// <summary>The registry that names without one belong to.</summary>
    public const string DockerHub = "docker.io";

    private const string DockerHubEndpoint = "registry-1.docker.io";
    private const int LongestName = 255;

    private RegistryName(string host, int? port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host in small letters: a name, an IPv4 address, or an IPv6 address in brackets.</summary>
    public string Host { get; }

    /// <summary>The port, or null for that of the scheme.</summary>
    public int? Port { get; }

    /// <summary>Whether it is this very machine: <c>localhost</c>, 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it is Docker Hub, whose name is not that of its endpoint.</summary>
    internal bool IsDockerHub => Host == DockerHub && Port is null;

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text, such as <c>registry.example.com:5000</c>.</param>
    /// <param name="name">The name, when the result is true.</param>
    /// <returns>Whether the text is a registry's name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RegistryName? name)
    {
        name = null;
        if (text is null || text.Length > LongestName || Grammar().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var host = match.Groups["host"].Value.ToLowerInvariant();
        if (host.StartsWith('[') && !IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out _))
        {
            return false;
        }

        int? port = null;
        if (match.Groups["port"] is { Success: true } digits)
        {
            port = int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
            if (port is 0 or > ushort.MaxValue)
            {
                return false;
            }
        }

        name = new RegistryName(host is "index.docker.io" or DockerHubEndpoint ? DockerHub : host, port);
        return Uri.TryCreate($"https://{name}/", UriKind.Absolute, out _);
    }

    /// <summary>Reads a name as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">The item or property that it comes from, for diagnostics.</param>
    /// <returns>The name.</returns>
    /// <exception cref="DiagnosticException">It is no registry's name.</exception>
    public static RegistryName Parse(string text, ItemReference? subject = null) =>
        TryParse(text, out var name) ? name : throw RegistryDiagnostics.NameInvalid.Error(subject, text, "a registry is a host, and a port where it needs one.");

    /// <summary>The name as it was written, in small letters.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    internal Uri Endpoint(string scheme) => new($"{scheme}://{(IsDockerHub ? DockerHubEndpoint : ToString())}/");

    // github.com/distribution/reference, "domain": host names, and IPv6 addresses in brackets.
    [GeneratedRegex(@"\A(?<host>[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:.]+\])(?::(?<port>[0-9]{1,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
