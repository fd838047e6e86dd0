using System.Diagnostics.CodeAnalysis;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Where a registry may send us, and what we carry there.</summary>
internal static class TrustRules
{
    /// <summary>Whether two addresses are of one scheme, host and port: only there do credentials go.</summary>
    public static bool IsSameOrigin(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Reads a <c>Location</c>, relative or absolute.</summary>
    /// <param name="basis">The address that answered.</param>
    /// <param name="location">The header's text.</param>
    /// <param name="options">Which hosts may go without TLS.</param>
    /// <param name="target">The address, when the result is true.</param>
    /// <returns>Whether it may be followed: never from https to http, and to http only where that is allowed for its host.</returns>
    public static bool TryResolve(Uri basis, string? location, RegistryOptions options, [NotNullWhen(true)] out Uri? target)
    {
        target = null;
        if (string.IsNullOrEmpty(location) || !Uri.TryCreate(basis, location, out var resolved) || resolved.UserInfo.Length > 0)
        {
            return false;
        }

        target = resolved;
        return resolved.Scheme == Uri.UriSchemeHttps || (resolved.Scheme == Uri.UriSchemeHttp && basis.Scheme == Uri.UriSchemeHttp && MayBePlain(resolved, options));
    }

    /// <summary>Whether an address may be spoken to without TLS.</summary>
    public static bool MayBePlain(Uri address, RegistryOptions options) => options.MayBePlain(address.Host, address.IsDefaultPort ? null : address.Port);
}
