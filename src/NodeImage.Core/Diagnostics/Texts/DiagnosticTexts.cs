using System.Globalization;
using System.Resources;

namespace NodeImage.Core.Diagnostics.Texts;

/// <summary>
/// The titles and messages of diagnostics in the user's language. English stands in the source; translations are
/// resources beside it, in satellite assemblies. Nothing is loaded where the language is English, or nothing is shown.
/// </summary>
/// <param name="resources">The translations.</param>
public sealed class DiagnosticTexts(ResourceManager resources)
{
    private const string Source = "en-US";

    /// <summary>The translations that come with the SDK.</summary>
    public static DiagnosticTexts Default { get; } = new(new ResourceManager(typeof(DiagnosticTexts)));

    /// <summary>The name of the text of a title.</summary>
    /// <param name="code">The diagnostic's code.</param>
    /// <returns>Such as <c>NI1001.title</c>.</returns>
    public static string TitleOf(string code) => code + ".title";

    /// <summary>The name of the text of a message.</summary>
    /// <param name="code">The diagnostic's code.</param>
    /// <returns>Such as <c>NI1001.message</c>.</returns>
    public static string MessageOf(string code) => code + ".message";

    /// <summary>The title of a kind of diagnostics.</summary>
    /// <param name="descriptor">The kind.</param>
    /// <param name="culture">The language.</param>
    /// <returns>The translation, or the English text where there is none.</returns>
    public string Title(DiagnosticDescriptor descriptor, CultureInfo culture) => Find(TitleOf(descriptor.Code), culture) ?? descriptor.Title;

    /// <summary>The message of a diagnostic.</summary>
    /// <param name="descriptor">Its kind.</param>
    /// <param name="culture">The language.</param>
    /// <param name="arguments">The arguments of the message.</param>
    /// <returns>The translation, or the English text where there is none that takes these arguments.</returns>
    public string Message(DiagnosticDescriptor descriptor, CultureInfo culture, object?[] arguments)
    {
        try
        {
            if (Find(MessageOf(descriptor.Code), culture) is { } translated)
            {
                return string.Format(CultureInfo.InvariantCulture, translated, arguments);
            }
        }
        catch (FormatException)
        {
            // A translation that somebody else made must not be what a build fails of.
        }

        return string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat, arguments);
    }

    /// <summary>The language that texts are shown in.</summary>
    /// <param name="culture">The language that is asked for.</param>
    /// <returns>The name (BCP 47) of the nearest that there is.</returns>
    public string Language(CultureInfo culture) => Sets(culture).Select(pair => pair.Culture.Name).FirstOrDefault(Source);

    private string? Find(string name, CultureInfo culture) => Sets(culture).Select(pair => pair.Texts.GetString(name)).FirstOrDefault(text => text is not null);

    // From the language that is asked for to the more general ones.
    private IEnumerable<(CultureInfo Culture, ResourceSet Texts)> Sets(CultureInfo culture)
    {
        for (; culture.Name.Length > 0 && culture.TwoLetterISOLanguageName != "en"; culture = culture.Parent)
        {
            if (resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false) is { } texts)
            {
                yield return (culture, texts);
            }
        }
    }
}
