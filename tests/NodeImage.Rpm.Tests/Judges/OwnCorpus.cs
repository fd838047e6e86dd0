using System.Diagnostics;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Judges;

/// <summary>The judges' own corpus, made once for all tests that want it.</summary>
public sealed class OwnCorpus : IDisposable
{
    private static readonly string[] Tools = ["bash", "rpmbuild", "rpmsign", "rpm", "createrepo_c", "gpg", "sqlite3"];

    private readonly TemporaryFolder _scratch = new();
    private readonly Lazy<string> _folder;

    public OwnCorpus() => _folder = new Lazy<string>(Build);

    /// <summary>The folder that it is in; a test that asks for it is skipped where the tools to make it are missing.</summary>
    public string Folder
    {
        get
        {
            foreach (var tool in Tools)
            {
                Peer.Require(tool);
            }

            return _folder.Value;
        }
    }

    public void Dispose() => _scratch.Dispose();

    private string Build()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "corpus", "build.sh"), _scratch["corpus"]])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return _scratch["corpus"];
    }
}
