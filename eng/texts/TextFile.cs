using System.Text;
using System.Xml;
using System.Xml.Linq;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Diagnostics.Texts;

namespace NodeImage.Texts;

/// <summary>Files of texts in the form of .NET's resources (<c>.resx</c>), which the tools of translators know.</summary>
public static class TextFile
{
    /// <summary>Where the texts are, below the repository's root.</summary>
    public const string Folder = "src/NodeImage.Core/Diagnostics/Texts";

    /// <summary>The list of all texts in the language of the source.</summary>
    public const string Neutral = Folder + "/DiagnosticTexts.resx";

    private const string Reader = "System.Resources.ResXResourceReader, System.Windows.Forms";
    private const string Writer = "System.Resources.ResXResourceWriter, System.Windows.Forms";

    /// <summary>Writes the texts of descriptors.</summary>
    /// <param name="descriptors">The descriptors, by code.</param>
    /// <returns>The file's text, with <c>\n</c> at the end of lines.</returns>
    public static string Write(IEnumerable<DiagnosticDescriptor> descriptors)
    {
        var root = new XElement(
            "root",
            Header("resmimetype", "text/microsoft-resx"),
            Header("version", "2.0"),
            Header("reader", Reader),
            Header("writer", Writer),
            descriptors.SelectMany(descriptor => (XElement[])
            [
                Text(DiagnosticTexts.TitleOf(descriptor.Code), descriptor.Title, "Without an end stop."),
                Text(DiagnosticTexts.MessageOf(descriptor.Code), descriptor.MessageFormat, "Keep {0} and the like, names of properties and items, and what is quoted."),
            ]));
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            new XDocument(new XComment(" Generated from the source by eng/texts/generate.sh. Translations are its neighbours, DiagnosticTexts.LANGUAGE.resx. "), root).Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    /// <summary>The names of a descriptor's texts.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>Those of its title and its message.</returns>
    public static IEnumerable<string> Names(DiagnosticDescriptor descriptor) => [DiagnosticTexts.TitleOf(descriptor.Code), DiagnosticTexts.MessageOf(descriptor.Code)];

    /// <summary>Reads a file of texts.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts by name, in the file's order.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path) =>
        [.. XDocument.Load(path).Root!.Elements("data").Select(data => KeyValuePair.Create((string)data.Attribute("name")!, (string)data.Element("value")!))];

    private static XElement Header(string name, string value) => new("resheader", new XAttribute("name", name), new XElement("value", value));

    private static XElement Text(string name, string value, string comment) => new(
        "data",
        new XAttribute("name", name),
        new XAttribute(XNamespace.Xml + "space", "preserve"),
        new XElement("value", value),
        new XElement("comment", comment));
}
