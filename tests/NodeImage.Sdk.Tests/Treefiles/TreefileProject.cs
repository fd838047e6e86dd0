using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;

namespace NodeImage.Sdk.Tests.Treefiles;

/// <summary>A project in a folder that is there, of which targets are built with the tasks and targets of this checkout.</summary>
internal static class TreefileProject
{
    /// <summary>Writes a project.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">What stands between the SDK's props and targets.</param>
    public static void Write(string path, string content)
    {
        var sdk = Path.Combine(EvaluatedProject.Root, "sdk", "Sdk");
        File.WriteAllText(path, $"<Project><Import Project=\"{sdk}/Sdk.props\" />{content}<Import Project=\"{sdk}/Sdk.targets\" /></Project>");
    }

    /// <summary>Makes a project that names the SDK one that takes this checkout's.</summary>
    public static void Adapt(string path)
    {
        var text = File.ReadAllText(path);
        var start = text.IndexOf("<Project Sdk=\"NodeImage.Sdk\">", StringComparison.Ordinal);
        Write(path, text[(text.IndexOf('\n', start) + 1)..text.LastIndexOf("</Project>", StringComparison.Ordinal)]);
    }

    /// <summary>Builds a target.</summary>
    public static BuildOutcome Build(string path, string target, params (string Name, string Value)[] properties)
    {
        var globals = properties.ToDictionary(property => property.Name, property => property.Value);
        globals["NodeImageTasksAssembly"] = BuiltProject.TasksAssembly;
        using var collection = new ProjectCollection(globals);
        var outcome = new BuildOutcome();
        using var manager = new BuildManager();
        var result = manager.Build(
            new BuildParameters(collection) { Loggers = [outcome], EnableNodeReuse = false },
            new BuildRequestData(collection.LoadProject(path).CreateProjectInstance(), [target]));
        outcome.Succeeded = result.OverallResult == BuildResultCode.Success;
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        return outcome;
    }
}
