namespace NodeImage.Core.Diagnostics;

/// <summary>
/// The one exception that bad input raises: it carries what the user is told. Anything else that escapes is a defect.
/// </summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>Carries one diagnostic.</summary>
    /// <param name="diagnostic">What to tell the user.</param>
    /// <param name="inner">The failure beneath it, if any.</param>
    public DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
        : this([diagnostic], inner)
    {
    }

    /// <summary>Carries several diagnostics that belong together, the most telling first.</summary>
    /// <param name="diagnostics">What to tell the user; at least one.</param>
    /// <param name="inner">The failure beneath them, if any.</param>
    public DiagnosticException(IReadOnlyList<Diagnostic> diagnostics, Exception? inner = null)
        : base(diagnostics.Count > 0 ? diagnostics[0].ToString() : throw new ArgumentException("No diagnostic given.", nameof(diagnostics)), inner)
    {
        Diagnostics = diagnostics;
    }

    /// <summary>What to tell the user, the most telling first; never empty.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The same, with an item for the diagnostics that do not name one yet.</summary>
    /// <param name="subject">The item, or null to leave it at that.</param>
    /// <returns>An exception to be thrown in the place of this one.</returns>
    public DiagnosticException At(ItemReference? subject) =>
        new([.. Diagnostics.Select(diagnostic => diagnostic.Subject is null ? diagnostic with { Subject = subject } : diagnostic)], InnerException ?? this);

    /// <summary>The first diagnostic.</summary>
    public Diagnostic Diagnostic => Diagnostics[0];
}
