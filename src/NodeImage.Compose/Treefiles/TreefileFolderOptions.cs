using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Treefiles;

/// <summary>How a treefile's folder is written.</summary>
/// <param name="ProjectFolder">The project's folder, which the definition's files are relative to.</param>
/// <param name="OutputFolder">The folder. What was in it is replaced, when all has gone well.</param>
public sealed record TreefileFolderOptions(string ProjectFolder, string OutputFolder)
{
    /// <summary>Where the folder will be seen when it is used, for what must be named by full paths (keys of repositories); null where it is written.</summary>
    public string? SeenAs { get; init; }

    /// <summary>Takes diagnostics that do not stop the work.</summary>
    public Action<Diagnostic> Report { get; init; } = _ => { };
}

/// <summary>A treefile's folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="TreefilePath">The treefile.</param>
/// <param name="LockPath">The lock file in rpm-ostree's form, or null where there was no lock.</param>
/// <param name="Layers">The layers, each with its folder, in the order in which they are laid.</param>
public sealed record TreefileFolderResult(string Folder, string TreefilePath, string? LockPath, IReadOnlyList<(string Layer, string Folder)> Layers);
