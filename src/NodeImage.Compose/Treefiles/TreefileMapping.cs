using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Compose.Treefiles;

/// <summary>How a treefile is made a part of a project.</summary>
/// <param name="Source">Where its files are looked for.</param>
/// <param name="ScriptFolder">The folder that its scripts go to, full or relative to the project, with no slash at its end.</param>
public sealed record TreefileMapping(ITreefileSource Source, string ScriptFolder)
{
    /// <summary>Whether a project is written that takes the treefile's place: what is missing can be added to it then, and is only warned of.</summary>
    public bool IsImport { get; init; }

    /// <summary>Repositories that the project has itself.</summary>
    public ImmutableHashSet<string> KnownRepositories { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The outermost folder in which layers' folders are looked for.</summary>
    public required string Root { get; init; }

    /// <summary>Makes a path as items have it of a full one.</summary>
    public Func<string, string> PathOf { get; init; } = path => path;

    /// <summary>Takes what does not stop the project.</summary>
    public Action<Diagnostic> Report { get; init; } = _ => { };
}
