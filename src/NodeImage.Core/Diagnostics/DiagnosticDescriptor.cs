using System.Globalization;
using NodeImage.Core.Diagnostics.Texts;

namespace NodeImage.Core.Diagnostics;

/// <summary>
/// One kind of diagnostic: its stable code, its title and the text that is shown.
/// Descriptors are static fields beside the code that raises them; each code has a page under <c>docs/diagnostics</c>.
/// </summary>
/// <param name="Code">The stable code: <c>NI1xxx</c> project and items, <c>NI2xxx</c> repositories and solving,
/// <c>NI3xxx</c> composing, <c>NI4xxx</c> lints, <c>NI5xxx</c> publishing.</param>
/// <param name="Title">What is wrong, in a few words without arguments; in English.</param>
/// <param name="MessageFormat">What is wrong, what was seen and what to do, as a composite format string; in English.</param>
/// <param name="Severity">The severity unless the user's settings change it.</param>
public sealed record DiagnosticDescriptor(
    string Code,
    string Title,
    string MessageFormat,
    DiagnosticSeverity Severity = DiagnosticSeverity.Error)
{
    /// <summary>Makes a diagnostic of this kind.</summary>
    /// <param name="subject">The item that caused it, or null where there is none.</param>
    /// <param name="arguments">The arguments of <see cref="MessageFormat"/>.</param>
    /// <returns>The diagnostic with its text filled in, in the language of the user (<see cref="CultureInfo.CurrentUICulture"/>).</returns>
    public Diagnostic At(ItemReference? subject, params object?[] arguments) =>
        new(this, subject, DiagnosticTexts.Default.Message(this, CultureInfo.CurrentUICulture, arguments));

    /// <summary>Makes a diagnostic of this kind that is shown at a place in a file.</summary>
    /// <param name="place">The place.</param>
    /// <param name="arguments">The arguments of <see cref="MessageFormat"/>.</param>
    /// <returns>The diagnostic.</returns>
    public Diagnostic In(SourcePlace? place, params object?[] arguments) => At(null, arguments) with { Place = place };

    /// <summary>Makes an exception that carries a diagnostic of this kind.</summary>
    /// <param name="subject">The item that caused it, or null where there is none.</param>
    /// <param name="arguments">The arguments of <see cref="MessageFormat"/>.</param>
    /// <returns>The exception, to be thrown by the caller.</returns>
    public DiagnosticException Error(ItemReference? subject, params object?[] arguments) =>
        new(At(subject, arguments));

    /// <summary>Makes an exception that carries a diagnostic of this kind and the failure beneath it.</summary>
    /// <param name="inner">What the platform or a library reported.</param>
    /// <param name="subject">The item that caused it, or null where there is none.</param>
    /// <param name="arguments">The arguments of <see cref="MessageFormat"/>.</param>
    /// <returns>The exception, to be thrown by the caller.</returns>
    public DiagnosticException Wrap(Exception inner, ItemReference? subject, params object?[] arguments) =>
        new(At(subject, arguments), inner);
}
