using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Compose.Testing;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>Tests an image as <c>dotnet test</c> tests a project: by the lints and by the project's <c>ImageTest</c> scripts.</summary>
public sealed class TestImage : ImageTestTask
{
    /// <summary>What <c>--filter</c> says.</summary>
    public string? Filter { get; set; }

    /// <summary>What <c>--logger</c> says; several are divided by semicolons, as <c>dotnet test</c> passes them.</summary>
    public string? Loggers { get; set; }

    /// <summary>What <c>--results-directory</c> says, or the folder that is taken otherwise.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>Whether tests are only listed.</summary>
    public bool ListOnly { get; set; }

    /// <inheritdoc/>
    protected override void Run()
    {
        var settings = ReadSettings();
        if (Failed)
        {
            return;
        }

        var request = settings.Open(new ImageTestFilter(Filter));
        var chosen = ImageTestRunner.List(request);
        if (chosen.Count == 0)
        {
            Report(TestDiagnostics.NothingChosen.At(null, Filter));
        }
        else if (ListOnly)
        {
            Log.LogMessage(MessageImportance.High, "The following Tests are available:\n    " + string.Join("\n    ", chosen));
        }
        else
        {
            RunTests(request);
        }
    }

    private void RunTests(ImageTestRequest request)
    {
        var started = TimeProvider.System.GetUtcNow();
        try
        {
            var results = new ImageTestRunner(OpenCache(), TimeProvider.System).Run(request, Tell, Cancellation);
            var failed = results.Count(result => !result.Passed);
            Log.LogMessage(MessageImportance.High, string.Create(
                CultureInfo.InvariantCulture,
                $"{(failed == 0 ? "Passed!" : "Failed!")}  - Failed: {failed}, Passed: {results.Count - failed}, Skipped: 0, Total: {results.Count} - {request.Definition.Name}"));
            foreach (var path in TestLoggers.TrxFiles(Loggers, ResultsFolder, request.Definition.Name, Report))
            {
                AtomicFile.Write(path, TrxReport.Write(request.Definition.Name, request.Image.Digest.ToString(), started, results).Save);
                Log.LogMessage(MessageImportance.High, $"Results File: {path}");
            }
        }
        finally
        {
            if (Directory.Exists(ScratchFolder))
            {
                Directory.Delete(ScratchFolder, recursive: true);
            }
        }
    }

    private void Tell(ImageTestResult result)
    {
        Log.LogMessage(MessageImportance.High, string.Create(CultureInfo.InvariantCulture, $"  {(result.Passed ? "Passed" : "Failed")} {result.Name} [{result.Duration.TotalMilliseconds:0} ms]"));
        if (result.Output.Length > 0)
        {
            Log.LogMessage(MessageImportance.Normal, "{0}", result.Output);
        }

        if (result.Failure is { } failure)
        {
            Report(failure);
        }
    }
}
