using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NodeImage.Compose.References;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>
/// Says for each image or library that is referenced for which release and architecture it is built. The .NET SDK chooses among
/// frameworks of .NET; releases of operating systems have rules of their own.
/// </summary>
public sealed class ChooseImageReferences : ImageTask
{
    private const string UndefineProperties = "UndefineProperties";

    /// <summary>The image's target framework.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The image's runtime identifier; empty for an index over several.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary>Whether the base may be of an older minor release.</summary>
    public bool AllowOlderBase { get; set; }

    /// <summary>What the projects answered to <c>GetTargetFrameworks</c>.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The references, each with what it is to be built with, and <c>OutputItemType</c> saying what it is.</summary>
    [Output]
    public ITaskItem[] Chosen { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run() => Chosen = [.. References.Select(Choose)];

    private TaskItem Choose(ITaskItem reference)
    {
        var project = new ReferencedProject(
            reference.GetMetadata("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            reference.GetMetadata("HasSingleTargetFramework").Equals("true", StringComparison.OrdinalIgnoreCase),
            reference.GetMetadata("AdditionalPropertiesFromProject"));
        var chosen = new TaskItem(reference) { ItemSpec = reference.GetMetadata("OriginalItemSpec") };
        if (project.MakesExtensions)
        {
            throw ExtensionItemDiagnostics.ExtensionsAsBase.Error(new ItemReference("ProjectReference", chosen.ItemSpec), chosen.ItemSpec);
        }

        chosen.SetMetadata("OutputItemType", project.IsLibrary ? "_OSLibraryReference" : "_OSImageReference");
        var framework = FrameworkChoice.Choose(TargetFramework, project.TargetFrameworks, AllowOlderBase || project.IsLibrary);
        if (framework is null)
        {
            throw TaskDiagnostics.BaseOfOtherRelease.Error(new ItemReference("ProjectReference", chosen.ItemSpec), string.Join(", ", project.TargetFrameworks), TargetFramework);
        }

        if (project.IsSingle)
        {
            Add(chosen, UndefineProperties, "TargetFramework");
        }
        else if (chosen.GetMetadata("SetTargetFramework").Length == 0)
        {
            chosen.SetMetadata("SetTargetFramework", $"TargetFramework={framework}");
        }

        // MSBuild would take the same project with and without a runtime identifier for two, and build both, at once: so one that is
        // for this architecture anyway is not told.
        if (string.IsNullOrEmpty(RuntimeIdentifier) || project.IsForOnly(RuntimeIdentifier))
        {
            Add(chosen, UndefineProperties, "RuntimeIdentifier");
        }
        else
        {
            Add(chosen, "AdditionalProperties", $"RuntimeIdentifier={RuntimeIdentifier}");
        }

        return chosen;
    }

    private static void Add(TaskItem item, string name, string value)
    {
        var before = item.GetMetadata(name);
        item.SetMetadata(name, before.Length == 0 ? value : $"{before};{value}");
    }
}
