using Microsoft.Build.Framework;
using NodeImage.Compose.Engines;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Tasks.Treefiles;

/// <summary>What the tasks that read treefiles share.</summary>
public abstract class TreefileTask : ImageTask
{
    /// <summary><c>Treefile</c> items.</summary>
    public ITaskItem[] Treefiles { get; set; } = [];

    /// <summary>Reads the treefiles.</summary>
    /// <param name="architecture">The architecture, in rpm's words.</param>
    /// <param name="treefiles">The items.</param>
    /// <returns>The treefile, flat, and where its files are looked for.</returns>
    private protected (Treefile Treefile, FolderTreefileSource Source) Read(string architecture, IReadOnlyList<ITaskItem> treefiles)
    {
        var subject = new ItemReference("Treefile", treefiles[0].ItemSpec);
        try
        {
            var settings = treefiles.Select(item => TreefileSettings.Of(item, ProjectFolder)).ToList();
            if (settings.Find(one => !File.Exists(one.Path)) is { } missing)
            {
                throw TaskDiagnostics.FileNotFound.Error(subject, "Treefile", missing.Path);
            }

            // Several treefiles are one that includes them: it is the first that says where things are.
            var source = new FolderTreefileSource(settings[0].Root, settings[0].Folders);
            var variables = settings.Skip(1).Aggregate(settings[0].Variables, (all, one) => all.AddRange(one.Variables.Where(pair => !all.ContainsKey(pair.Key))));
            return (TreefileReader.Read([.. settings.Select(one => one.Path)], source, new TreefileOptions(architecture) { Variables = variables, Report = ReportOnce }), source);
        }
        catch (DiagnosticException e)
        {
            // What has a place of its own is shown there.
            throw new DiagnosticException([.. e.Diagnostics.Select(diagnostic => diagnostic.Place is null ? diagnostic with { Subject = diagnostic.Subject ?? subject } : diagnostic)], e);
        }
    }

    /// <summary>The architecture of a runtime identifier.</summary>
    private protected static string ArchitectureOf(string? runtimeIdentifier) => Architectures.FromRuntimeIdentifier(runtimeIdentifier ?? "")
        ?? throw TaskDiagnostics.UnknownRuntime.Error(new ItemReference("RuntimeIdentifier", runtimeIdentifier ?? ""), runtimeIdentifier, string.Join(", ", Architectures.RuntimeIdentifiers));

    private readonly HashSet<Diagnostic> _reported = [];

    /// <summary>Shows a diagnostic, unless it has been shown for another architecture.</summary>
    private protected void ReportOnce(Diagnostic diagnostic)
    {
        if (_reported.Add(diagnostic))
        {
            Report(diagnostic);
        }
    }
}
