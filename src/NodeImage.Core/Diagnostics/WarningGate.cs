namespace NodeImage.Core.Diagnostics;

/// <summary>
/// Keeps back the warnings that the user's settings make errors. Work goes on, so that all of them are found, but ends
/// before anything is written.
/// </summary>
/// <param name="isError">Whether a warning of a code counts as an error.</param>
/// <param name="report">Takes what does not stop the build.</param>
public sealed class WarningGate(Func<string, bool> isError, Action<Diagnostic> report)
{
    private readonly Lock _lock = new();
    private readonly List<Diagnostic> _held = [];

    /// <summary>Reports a diagnostic, or keeps it back. It can be called from several threads.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    public void Report(Diagnostic diagnostic)
    {
        if (diagnostic.Descriptor.Severity != DiagnosticSeverity.Warning || !isError(diagnostic.Code))
        {
            report(diagnostic);
            return;
        }

        lock (_lock)
        {
            _held.Add(diagnostic);
        }
    }

    /// <summary>Ends the work where something has been kept back.</summary>
    /// <exception cref="DiagnosticException">There are warnings that count as errors.</exception>
    public void Pass()
    {
        if (Take() is { Length: > 0 } held)
        {
            throw new DiagnosticException(held);
        }
    }

    /// <summary>Does work that reports here; where it fails, what has been kept back is told too.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>What the work gives.</returns>
    /// <exception cref="DiagnosticException">The work failed.</exception>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DiagnosticException e) when (Take() is { Length: > 0 } held)
        {
            throw new DiagnosticException([.. e.Diagnostics, .. held], e.InnerException ?? e);
        }
    }

    private Diagnostic[] Take()
    {
        lock (_lock)
        {
            Diagnostic[] held = [.. _held];
            _held.Clear();
            return held;
        }
    }
}
