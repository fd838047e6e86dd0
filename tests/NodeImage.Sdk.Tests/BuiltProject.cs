using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

namespace NodeImage.Sdk.Tests;

/// <summary>An image project of which targets are built by MSBuild, with the tasks of this checkout.</summary>
internal sealed class BuiltProject(string content, params string[] files) : IDisposable
{
    /// <summary>The tasks of this checkout.</summary>
    public static readonly string TasksAssembly = typeof(BuiltProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TasksAssembly").Value!;

    private readonly EvaluatedProject _project = new(
        $"<PropertyGroup><NodeImageTasksAssembly>{TasksAssembly}</NodeImageTasksAssembly><NodeImageHelpFolder>{EvaluatedProject.Root}/docs/diagnostics/</NodeImageHelpFolder></PropertyGroup>{content}", files);

    /// <summary>A file of the project's folder.</summary>
    public string At(string path) => Path.Combine(_project.Project.DirectoryPath, path);

    /// <summary>The project's file.</summary>
    public string File => _project.Project.FullPath;

    /// <summary>Builds a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="binaryLog">Where a binary log goes, or null.</param>
    /// <param name="language">The language that messages are shown in, or null.</param>
    public BuildOutcome Build(string target, string? binaryLog = null, string? language = null)
    {
        var outcome = new BuildOutcome();
        using var manager = new BuildManager();
        var result = manager.Build(
            new BuildParameters(_project.Project.ProjectCollection)
            {
                Loggers = binaryLog is null ? [outcome] : [outcome, new BinaryLogger { Parameters = $"LogFile={binaryLog};ProjectImports=None" }],
                EnableNodeReuse = false,
                UICulture = language is null ? CultureInfo.InvariantCulture : new CultureInfo(language),
            },
            new BuildRequestData(_project.Project.CreateProjectInstance(), [target]));
        outcome.Succeeded = result.OverallResult == BuildResultCode.Success;
        return outcome;
    }

    /// <summary>What the log that the project asks for says: codes and levels, by code.</summary>
    public IEnumerable<(string Code, string Level)> Log(string path = "build.sarif") => JsonNode.Parse(System.IO.File.ReadAllBytes(At(path)))!["runs"]![0]!["results"]!.AsArray()
        .Select(result => ((string)result!["ruleId"]!, (string)result["level"]!))
        .OrderBy(result => result.Item1, StringComparer.Ordinal);

    /// <summary>Changes the project.</summary>
    public void Change(string old, string changed) => _project.Change(old, changed);

    public void Dispose()
    {
        // MSBuild stays in the folder of a project that failed.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        _project.Dispose();
    }
}

/// <summary>What a build says.</summary>
internal sealed class BuildOutcome : ILogger
{
    public bool Succeeded { get; set; }

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildErrorEventArgs> Errors { get; } = [];

    /// <summary>Messages that have a code.</summary>
    public List<BuildMessageEventArgs> Messages { get; } = [];

    /// <summary>The tasks that ran.</summary>
    public List<string> Tasks { get; } = [];

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.WarningRaised += (_, e) => Warnings.Add(e);
        eventSource.ErrorRaised += (_, e) => Errors.Add(e);
        eventSource.MessageRaised += (_, e) => Messages.AddRange(e.Code is null ? [] : [e]);
        eventSource.TaskStarted += (_, e) => Tasks.Add(e.TaskName);
    }

    public void Shutdown()
    {
    }
}
