using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Decides whether a server is the one it says it is, where the platform alone does not think so.</summary>
internal sealed class ServerTrust(RegistryOptions options)
{
    // RFC 5280, section 4.2.1.12: id-kp-serverAuth.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Judges a server's certificate, as <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (sender is SslStream { TargetHostName: { } host } && options.InsecureRegistries.Any(registry => string.Equals(registry.Host.Trim('[', ']'), host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        return errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 server && IsVouchedFor(server, chain);
    }

    private bool IsVouchedFor(X509Certificate2 server, X509Chain? offered)
    {
        if (options.CertificateAuthorities.IsDefaultOrEmpty)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.CertificateAuthorities.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));

        // What the server sent along leads from its certificate to the authority's.
        if (offered is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(offered.ChainElements.Select(element => element.Certificate).Concat(offered.ChainPolicy.ExtraStore).ToArray());
        }

        return chain.Build(server);
    }
}
