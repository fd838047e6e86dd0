using System.Diagnostics;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet watch build</c> builds again when a unit or a file of an overlay changes.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ScratchProject _project = Newcomer.Write();

    public void Dispose() => Directory.Delete(_project.Folder, recursive: true);

    [Fact]
    public void A_changed_unit_and_a_new_file_of_an_overlay_are_built()
    {
        Newcomer.Run(_project, ["build", "node"]).Succeeded();
        var first = _project.Digest("node");
        using var watch = Start();
        try
        {
            WaitFor(watch, "Waiting for a file to change");
            _project.Write("node/units/own.service", "[Service]\nExecStart=/usr/bin/false\n\n[Install]\nWantedBy=multi-user.target\n");
            var second = WaitForOther(watch, first);
            _project.Write("node/overlay/etc/own.conf", "own = 2\n");
            WaitForOther(watch, second);
        }
        finally
        {
            watch.Process.Kill(entireProcessTree: true);
            watch.Process.WaitForExit();
        }
    }

    private Watch Start()
    {
        var start = new ProcessStartInfo(DotNet.Program, ["watch", "--non-interactive", "--project", "node/node.osproj", "build"])
        {
            WorkingDirectory = _project.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("NODEIMAGE_CACHE", _project.CacheFolder), ("FixtureFolder", Checkout.RequireFixtures() + "/"), ("MSBUILDTERMINALLOGGER", "off"), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_NOLOGO", "1"), ("DOTNET_USE_POLLING_FILE_WATCHER", "1"), ("MSBuildSDKsPath", null), ("MSBUILD_EXE_PATH", null), ("MSBuildExtensionsPath", null)])
        {
            start.Environment[name] = value;
        }

        return new Watch(start);
    }

    private string WaitForOther(Watch watch, string digest)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < deadline)
        {
            Thread.Sleep(200);
            try
            {
                if (_project.Digest("node") is var other && other != digest)
                {
                    return other;
                }
            }
            catch (IOException)
            {
                // It is just being written.
            }
        }

        Assert.Fail($"Nothing was built within {Patience}:\n{watch.Output}");
        return "";
    }

    private static void WaitFor(Watch watch, string text)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!watch.Output.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            Assert.True(DateTime.UtcNow < deadline && !watch.Process.HasExited, $"It never said '{text}':\n{watch.Output}");
            Thread.Sleep(200);
        }
    }

    private sealed class Watch : IDisposable
    {
        private readonly System.Text.StringBuilder _output = new();

        public Watch(ProcessStartInfo start)
        {
            Process = new Process { StartInfo = start };
            Process.OutputDataReceived += Append;
            Process.ErrorDataReceived += Append;
            Process.Start();
            Process.BeginOutputReadLine();
            Process.BeginErrorReadLine();
        }

        public Process Process { get; }

        public string Output
        {
            get
            {
                lock (_output)
                {
                    return _output.ToString();
                }
            }
        }

        public void Dispose() => Process.Dispose();

        private void Append(object sender, DataReceivedEventArgs line)
        {
            lock (_output)
            {
                _output.Append(line.Data).Append('\n');
            }
        }
    }
}
