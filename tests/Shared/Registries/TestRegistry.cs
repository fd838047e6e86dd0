using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NodeImage.Tests.Shared.Registries;

/// <summary>The distribution project's registry, run for tests.</summary>
internal sealed class TestRegistry : IDisposable
{
    public const string User = "builder";
    public const string Password = "secret";

    private const string Program = "/usr/bin/docker-registry";

    // bcrypt of the password, the only kind that the registry takes.
    private const string PasswordHash = "$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private bool _ended;

    private TestRegistry(Process process, string folder, string name)
    {
        _process = process;
        Folder = folder;
        Name = name;
    }

    /// <summary>Its address, such as <c>127.0.0.1:5000</c>.</summary>
    public string Name { get; }

    /// <summary>The certificate of the authority that vouches for it, where it demands TLS.</summary>
    public string Authority => Path.Combine(Folder, "trust", "ca.crt");

    /// <summary>The certificate of an authority that does not.</summary>
    public string OtherAuthority => Path.Combine(Folder, "other.crt");

    /// <summary>The login, as docker's configuration has it.</summary>
    public string Login => $$"""{"auths": {"{{Name}}": {"auth": "{{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{Password}"))}}"} } }""";

    private string Folder { get; }

    /// <summary>Starts a registry; the test is skipped where there is none.</summary>
    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="secured">Whether it demands TLS and a password.</param>
    public static TestRegistry Start(string folder, bool secured = false)
    {
        Assert.SkipUnless(File.Exists(Program), "docker-registry is not installed");
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var configuration = Path.Combine(folder, "registry.yml");
        File.WriteAllText(configuration, Configuration(folder, port, secured));
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new TestRegistry(process, folder, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));
        server.Wait(port);
        return server;
    }

    /// <summary>Turns one bit in the middle of a blob that it keeps.</summary>
    public void Damage(string digest)
    {
        var hex = digest["sha256:".Length..];
        using var file = File.Open(Path.Combine(Folder, "data", "docker", "registry", "v2", "blobs", "sha256", hex[..2], hex, "data"), FileMode.Open);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Wait(int port)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            using var probe = new TcpClient();
            try
            {
                probe.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (patience.Elapsed < Patience && !_process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Configuration(string folder, int port, bool secured)
    {
        var common = string.Create(CultureInfo.InvariantCulture, $$"""
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: '{{folder}}/data'} }
            http:
              addr: 127.0.0.1:{{port}}
              secret: of-no-importance

            """);
        if (!secured)
        {
            return common;
        }

        TestCertificates.Write(folder);
        File.WriteAllText(Path.Combine(folder, "htpasswd"), $"{User}:{PasswordHash}\n");
        return common + $$"""
              tls: {certificate: '{{folder}}/server.crt', key: '{{folder}}/server.key'}
            auth: {htpasswd: {realm: test, path: '{{folder}}/htpasswd'} }

            """;
    }
}
