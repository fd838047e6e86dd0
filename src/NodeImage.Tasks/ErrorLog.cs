using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Diagnostics.Logs;
using NodeImage.Core.Diagnostics.Texts;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>
/// The log that the property <c>ErrorLog</c> asks for. Each task that ends writes its part and puts the log together anew, so
/// that it is there whichever task the build ends with.
/// </summary>
/// <param name="settings">The targets' item with the settings of diagnostics.</param>
/// <param name="projectFolder">The folder that the log's path is relative to.</param>
internal sealed class ErrorLog(ITaskItem settings, string projectFolder)
{
    // Tasks that are not listed come after these.
    private static readonly string[] Order =
    [
        nameof(CheckProjectNames),
        nameof(Treefiles.JoinTreefiles),
        nameof(CollectImageDefinition),
        nameof(WriteOverlayLibrary),
        nameof(RestoreRpmPackages),
        nameof(ComposeImage),
        nameof(ComposeImageIndex),
    ];

    private readonly ErrorLogOption _option = ErrorLogOption.Parse(settings.GetMetadata("ErrorLog"));

    // MSBuild does not tell a task which of its warnings are switched off.
    private readonly HashSet<string> _suppressed = new(
        settings.GetMetadata("WarningsAsMessages").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What there is to say about the property, or null.</summary>
    public Diagnostic? Problem => _option.IsSupported ? null : TaskDiagnostics.OtherSarifVersion.At(new ItemReference(nameof(ErrorLog), _option.Path), _option.Version);

    /// <summary>The log, or null where the project wants none.</summary>
    /// <param name="settings">The targets' item with the settings of diagnostics, or null.</param>
    /// <param name="projectFolder">The folder that the log's path is relative to.</param>
    public static ErrorLog? For(ITaskItem? settings, string projectFolder) =>
        settings?.GetMetadata(nameof(ErrorLog)) is { Length: > 0 } ? new ErrorLog(settings, projectFolder) : null;

    /// <summary>Writes a task's part, and the log.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="diagnostics">What it has shown.</param>
    /// <param name="dropsLater">Whether what tasks after it have shown no longer holds.</param>
    /// <param name="cancellation">Stops waiting for other tasks.</param>
    public void Write(string task, IEnumerable<LoggedDiagnostic> diagnostics, bool dropsLater, CancellationToken cancellation)
    {
        var order = Array.IndexOf(Order, task);
        var step = new DiagnosticStep(settings.GetMetadata("ErrorLogTarget"), order < 0 ? Order.Length : order, task);
        var parts = new DiagnosticParts(settings.GetMetadata("ErrorLogFolder"));
        using var alone = parts.Lock(cancellation);
        parts.Replace(step, [.. diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Warning || !_suppressed.Contains(diagnostic.Code))], dropsLater);
        var version = typeof(ErrorLog).Assembly.GetName().Version!.ToString(3);
        AtomicFile.WriteWhenDifferent(Path.Combine(projectFolder, _option.Path), SarifLog.Write(parts.ReadAll(), version, DiagnosticTexts.Default.Language(CultureInfo.CurrentUICulture)));
    }
}
