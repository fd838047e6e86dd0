using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>The distribution project's registry, run for one test.</summary>
internal sealed class RealRegistry : IDisposable
{
    public const string User = "builder";
    public const string Password = "secret";

    // bcrypt of the password, the only kind that the registry takes.
    private const string PasswordHash = "$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    private readonly Process _process;

    private RealRegistry(Process process, string name, string storage)
    {
        _process = process;
        Name = name;
        Storage = storage;
    }

    /// <summary>Its address, such as <c>127.0.0.1:5000</c>.</summary>
    public string Name { get; }

    /// <summary>The folder in which it keeps everything.</summary>
    public string Storage { get; }

    /// <summary>Starts a registry; the test is skipped where there is none.</summary>
    /// <param name="folder">Where it keeps its files; with TLS the authority's certificate becomes <c>trust/ca.crt</c> there.</param>
    /// <param name="secured">Whether it demands TLS and a password.</param>
    public static async Task<RealRegistry> StartAsync(TemporaryFolder folder, bool secured)
    {
        const string Program = "/usr/bin/docker-registry";
        Assert.SkipUnless(File.Exists(Program), "docker-registry is not installed");
        var port = FreePort();
        var (storage, configuration) = (folder["registry"], folder["registry.yml"]);
        await File.WriteAllTextAsync(configuration, Configuration(folder, storage, port, secured), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new RealRegistry(process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), storage);
        await registry.WaitAsync(port);
        return registry;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task WaitAsync(int port)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (patience.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Configuration(TemporaryFolder folder, string storage, int port, bool secured)
    {
        var common = string.Create(CultureInfo.InvariantCulture, $$"""
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: '{{storage}}'} }
            http:
              addr: 127.0.0.1:{{port}}
              secret: of-no-importance

            """);
        if (!secured)
        {
            return common;
        }

        WriteCertificates(folder);
        File.WriteAllText(folder["htpasswd"], $"{User}:{PasswordHash}\n");
        return common + $$"""
              tls: {certificate: '{{folder["server.crt"]}}', key: '{{folder["server.key"]}}'}
            auth: {htpasswd: {realm: test, path: '{{folder["htpasswd"]}}'} }

            """;
    }

    // An authority that nobody knows, the registry's certificate signed by it, and an authority that has nothing to do with it.
    private static void WriteCertificates(TemporaryFolder folder)
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
        Directory.CreateDirectory(folder["trust"]);
        File.WriteAllText(folder["trust/ca.crt"], authority.ExportCertificatePem());
        File.WriteAllText(folder["other.crt"], other.ExportCertificatePem());
        File.WriteAllText(folder["server.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 MakeAuthority(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(from, to);
    }
}
