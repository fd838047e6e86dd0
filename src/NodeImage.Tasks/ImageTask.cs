using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Diagnostics.Logs;
using NodeImage.Core.Diagnostics.Texts;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>
/// What all tasks share: diagnostics are shown at the line of the item that caused them, a build can be cancelled, and
/// what the platform reports of a full or forbidden disk becomes a diagnostic too.
/// </summary>
public abstract class ImageTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<LoggedDiagnostic> _shown = [];

    /// <summary>The project's full path.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The file that says where each item was defined; see <see cref="ItemOrigins"/>.</summary>
    public string? ItemOriginsFile { get; set; }

    /// <summary>The cache's folder, or empty for the platform's own place.</summary>
    public string? CacheFolder { get; set; }

    /// <summary>The most that the cache may hold, in bytes.</summary>
    public long CacheSizeLimit { get; set; } = 32L << 30;

    /// <summary>How diagnostics are shown, as metadata: <c>HelpFolder</c>, and the log that the project asks for (see <see cref="ErrorLog"/>).</summary>
    public ITaskItem? Diagnostics { get; set; }

    /// <summary>The project's folder.</summary>
    protected string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>Cancelled when the build is.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Whether anything was reported that stops the build.</summary>
    protected bool Failed { get; private set; }

    /// <summary>Whether what this task has shown before still holds, because it had nothing to do.</summary>
    protected bool IsUpToDate { get; set; }

    /// <summary>Whether what later tasks have shown no longer holds once this one has run.</summary>
    protected virtual bool StartsAnew => false;

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        Attempt(Run);
        if (ErrorLog.For(Diagnostics, ProjectFolder) is { } log && !Cancellation.IsCancellationRequested)
        {
            Attempt(() => WriteLog(log));
        }

        return !Failed && !Log.HasLoggedErrors && !Cancellation.IsCancellationRequested;
    }

    /// <summary>Does the task's work.</summary>
    protected abstract void Run();

    /// <summary>Opens the cache.</summary>
    /// <returns>The cache, shared with every other build of this user.</returns>
    protected ContentCache OpenCache() => new(CachePlace.Resolve(CacheFolder), TimeProvider.System);

    /// <summary>Whether the user's settings make an error of a warning.</summary>
    /// <param name="code">The warning's code.</param>
    protected bool IsError(string code) => BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(code);

    /// <summary>Shows what there is to say about the project's settings of diagnostics. One task of a build does so.</summary>
    protected void ReportSettings()
    {
        if (ErrorLog.For(Diagnostics, ProjectFolder)?.Problem is { } problem)
        {
            Report(problem);
        }
    }

    /// <summary>Shows a diagnostic where its item stands.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    protected void Report(Diagnostic diagnostic) => Report(diagnostic, diagnostic.Place is { } place
        ? new ItemPlace(place.File, place.Line, place.Column)
        : new ItemOrigins(ProjectFile, ItemOriginsFile).Locate(diagnostic.Subject));

    /// <summary>Shows a diagnostic at a place that is known.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="place">The file, line and column.</param>
    private protected void Report(Diagnostic diagnostic, ItemPlace place)
    {
        var help = HelpLinks.For(diagnostic.Code, Diagnostics?.GetMetadata("HelpFolder") ?? "");
        var message = place.Origin is null ? diagnostic.Message : $"{diagnostic.Message} (from {place.Origin})";
        var severity = diagnostic.Descriptor.Severity;
        switch (severity)
        {
            case DiagnosticSeverity.Error:
                Failed = true;
                Log.LogError(null, diagnostic.Code, null, help, place.File, place.Line, place.Column, 0, 0, "{0}", message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(null, diagnostic.Code, null, help, place.File, place.Line, place.Column, 0, 0, "{0}", message);
                break;
            default:
                Log.LogMessage(null, diagnostic.Code, null, place.File, place.Line, place.Column, 0, 0, MessageImportance.Normal, "{0}", message);
                break;
        }

        lock (_shown)
        {
            _shown.Add(new LoggedDiagnostic
            {
                Code = diagnostic.Code,
                Title = DiagnosticTexts.Default.Title(diagnostic.Descriptor, CultureInfo.CurrentUICulture),
                Message = message,
                Severity = severity == DiagnosticSeverity.Warning && IsError(diagnostic.Code) ? DiagnosticSeverity.Error : severity,
                DefaultSeverity = severity,
                HelpLink = help,
                File = place.File,
                Line = place.Line,
                Column = place.Column,
            });
        }
    }

    // What is wrong with the input, the machine or the disk is shown; what escapes else is a defect, and MSBuild says so.
    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var single, ..])
        {
            Translate(single);
        }
        catch (Exception e) when (e is DiagnosticException or UnauthorizedAccessException or IOException || StorageFaults.IsDiskFull(e))
        {
            Translate(e);
        }
    }

    private void WriteLog(ErrorLog log)
    {
        if (!IsUpToDate || Failed)
        {
            log.Write(GetType().Name, _shown, dropsLater: Failed || Log.HasLoggedErrors || StartsAnew, Cancellation);
        }
    }

    private void Translate(Exception e)
    {
        if (e is DiagnosticException known)
        {
            foreach (var diagnostic in known.Diagnostics)
            {
                Report(diagnostic);
            }
        }
        else if (StorageFaults.IsDiskFull(e))
        {
            Report(TaskDiagnostics.DiskFull.At(null, e.Message));
        }
        else if (e is UnauthorizedAccessException or IOException)
        {
            Report(TaskDiagnostics.FileAccess.At(null, e.Message));
        }
        else if (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{GetType().Name} met what it should not: {e.Message}", e);
        }

        Log.LogMessage(MessageImportance.Low, e.ToString());
    }
}
