using Microsoft.Build.Framework;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>
/// What all tasks share: diagnostics are shown at the line of the item that caused them, a build can be cancelled, and
/// what the platform reports of a full or forbidden disk becomes a diagnostic too.
/// </summary>
public abstract class ImageTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The project's full path.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The file that says where each item was defined; see <see cref="ItemOrigins"/>.</summary>
    public string? ItemOriginsFile { get; set; }

    /// <summary>The cache's folder, or empty for the platform's own place.</summary>
    public string? CacheFolder { get; set; }

    /// <summary>The most that the cache may hold, in bytes.</summary>
    public long CacheSizeLimit { get; set; } = 32L << 30;

    /// <summary>The project's folder.</summary>
    protected string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>Cancelled when the build is.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Whether anything was reported that stops the build.</summary>
    protected bool Failed { get; private set; }

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
        try
        {
            Run();
        }
        catch (DiagnosticException e)
        {
            foreach (var diagnostic in e.Diagnostics)
            {
                Report(diagnostic);
            }

            Log.LogMessage(MessageImportance.Low, e.ToString());
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var single, ..])
        {
            Translate(single);
        }
        catch (Exception e) when (StorageFaults.IsDiskFull(e) || e is UnauthorizedAccessException or IOException)
        {
            Translate(e);
        }

        return !Failed && !Log.HasLoggedErrors;
    }

    /// <summary>Does the task's work.</summary>
    protected abstract void Run();

    /// <summary>Opens the cache.</summary>
    /// <returns>The cache, shared with every other build of this user.</returns>
    protected ContentCache OpenCache() => new(CachePlace.Resolve(CacheFolder), TimeProvider.System);

    /// <summary>Shows a diagnostic where its item stands.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    protected void Report(Diagnostic diagnostic) => Report(diagnostic, new ItemOrigins(ProjectFile, ItemOriginsFile).Locate(diagnostic.Subject));

    /// <summary>Shows a diagnostic at a place that is known.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="place">The file, line and column.</param>
    private protected void Report(Diagnostic diagnostic, ItemPlace place)
    {
        var help = HelpLinks.For(diagnostic.Code);
        var message = place.Origin is null ? diagnostic.Message : $"{diagnostic.Message} (from {place.Origin})";
        switch (diagnostic.Descriptor.Severity)
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
