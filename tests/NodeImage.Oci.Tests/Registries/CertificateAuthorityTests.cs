using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_may_hold_several_certificates_with_words_between_them()
    {
        File.WriteAllText(_folder["ca.pem"], $"first\n{Make("a")}\nsecond\n{Make("b")}\n");
        Assert.Equal(["CN=a", "CN=b"], CertificateAuthorityFile.Read(_folder["ca.pem"]).Select(certificate => certificate.Subject));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_file_without_any_is_one_error(string text)
    {
        File.WriteAllText(_folder["ca.pem"], text);
        Assert.Equal("NI5113", (await RegistryBench.FailureAsync(() => Task.FromResult(CertificateAuthorityFile.Read(_folder["ca.pem"])))).Code);
    }

    [Fact]
    public async Task So_is_a_file_that_is_not_there_or_of_any_size()
    {
        Assert.Equal("NI5113", (await RegistryBench.FailureAsync(() => Task.FromResult(CertificateAuthorityFile.Read(_folder["none.pem"])))).Code);
        File.WriteAllBytes(_folder["ca.pem"], new byte[5 << 20]);
        Assert.Equal("NI5113", (await RegistryBench.FailureAsync(() => Task.FromResult(CertificateAuthorityFile.Read(_folder["ca.pem"])))).Code);
    }

    private static string Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }
}
