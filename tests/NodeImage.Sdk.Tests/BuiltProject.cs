using System.Reflection;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

namespace NodeImage.Sdk.Tests;

/// <summary>An image project of which targets are built by MSBuild, with the tasks of this checkout.</summary>
internal sealed class BuiltProject(string content, params string[] files) : IDisposable
{
    private static readonly string TasksAssembly = typeof(BuiltProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TasksAssembly").Value!;

    private readonly EvaluatedProject _project = new($"<PropertyGroup><NodeImageTasksAssembly>{TasksAssembly}</NodeImageTasksAssembly></PropertyGroup>{content}", files);

    /// <summary>A file of the project's folder.</summary>
    public string At(string path) => Path.Combine(_project.Project.DirectoryPath, path);

    /// <summary>The project's file.</summary>
    public string File => _project.Project.FullPath;

    /// <summary>Builds a target.</summary>
    public BuildOutcome Build(string target)
    {
        var outcome = new BuildOutcome();
        using var manager = new BuildManager();
        var result = manager.Build(
            new BuildParameters(_project.Project.ProjectCollection) { Loggers = [outcome], EnableNodeReuse = false },
            new BuildRequestData(_project.Project.CreateProjectInstance(), [target]));
        outcome.Succeeded = result.OverallResult == BuildResultCode.Success;
        return outcome;
    }

    public void Dispose() => _project.Dispose();
}

/// <summary>What a build says.</summary>
internal sealed class BuildOutcome : ILogger
{
    public bool Succeeded { get; set; }

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildErrorEventArgs> Errors { get; } = [];

    /// <summary>The tasks that ran.</summary>
    public List<string> Tasks { get; } = [];

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.WarningRaised += (_, e) => Warnings.Add(e);
        eventSource.ErrorRaised += (_, e) => Errors.Add(e);
        eventSource.TaskStarted += (_, e) => Tasks.Add(e.TaskName);
    }

    public void Shutdown()
    {
    }
}
