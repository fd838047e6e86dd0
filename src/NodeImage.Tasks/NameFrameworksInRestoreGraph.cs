using Microsoft.Build.Framework;
using NodeImage.Compose.References;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>Gives target frameworks the names that NuGet reads, in the graph that <c>dotnet package add</c> asks for.</summary>
public sealed class NameFrameworksInRestoreGraph : ImageTask
{
    /// <summary>The file with the graph.</summary>
    [Required]
    public string GraphFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run() => AtomicFile.WriteAllBytes(GraphFile, RestoreGraph.NameFrameworks(File.ReadAllBytes(GraphFile)));
}
