using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NodeImage.Tests.Shared.Registries;

/// <summary>An authority that nobody knows, a server's certificate signed by it, and an authority that has nothing to do with it.</summary>
internal static class TestCertificates
{
    /// <summary>Makes them.</summary>
    /// <param name="folder">Where <c>trust/ca.crt</c>, <c>other.crt</c>, <c>server.crt</c> and <c>server.key</c> go.</param>
    public static void Write(string folder)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = MakeAuthority(from, to);
        using var other = MakeAuthority(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test registry", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(authority, from, to, [1, 2, 3, 4]);
        Directory.CreateDirectory(Path.Combine(folder, "trust"));
        File.WriteAllText(Path.Combine(folder, "trust", "ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "other.crt"), other.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 MakeAuthority(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(from, to);
    }
}
