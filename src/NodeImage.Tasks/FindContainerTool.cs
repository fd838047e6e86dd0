using Microsoft.Build.Framework;
using NodeImage.Core.Diagnostics;
using NodeImage.Tasks.LocalStores;

namespace NodeImage.Tasks;

/// <summary>Finds the program that keeps and runs containers on this machine, as the .NET SDK does: Docker where it answers, else Podman.</summary>
public sealed class FindContainerTool : ImageTask
{
    /// <summary>The property <c>LocalRegistry</c>: <c>Docker</c>, <c>Podman</c>, or empty for whichever there is.</summary>
    public string? LocalRegistry { get; set; }

    /// <summary>The program.</summary>
    [Output]
    public string Tool { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        ContainerToolKind? kind = string.IsNullOrEmpty(LocalRegistry)
            ? null
            : ItemReader.Enum<ContainerToolKind>(LocalRegistry) ?? throw TaskDiagnostics.BadProperty.Error(new ItemReference("LocalRegistry", LocalRegistry), "LocalRegistry", LocalRegistry, string.Join(", ", Enum.GetNames<ContainerToolKind>()));
        Tool = ContainerTool.Find(kind, Cancellation).Program;
    }
}
