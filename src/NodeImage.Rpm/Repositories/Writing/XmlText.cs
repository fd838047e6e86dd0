using System.Globalization;
using System.Text;
using System.Xml;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>What the documents of metadata are written with.</summary>
internal static class XmlText
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = "  ",
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Begins a document.</summary>
    /// <param name="output">Takes its bytes, and stays open.</param>
    public static XmlWriter Begin(Stream output)
    {
        var xml = XmlWriter.Create(output, Settings);
        xml.WriteStartDocument();
        return xml;
    }

    /// <summary>Writes an element that holds a text.</summary>
    public static void Text(this XmlWriter xml, string name, string? text) => xml.WriteElementString(name, null, Clean(text ?? ""));

    /// <summary>Writes an element of rpm's own namespace that holds a text.</summary>
    public static void RpmText(this XmlWriter xml, string name, string? text) => xml.WriteElementString("rpm", name, MetadataNames.Rpm, Clean(text ?? ""));

    /// <summary>Writes the text of the element that has been begun.</summary>
    public static void Content(this XmlWriter xml, string text) => xml.WriteString(Clean(text));

    /// <summary>Writes an attribute.</summary>
    public static void Attribute(this XmlWriter xml, string name, string text) => xml.WriteAttributeString(name, Clean(text));

    /// <summary>Writes an attribute that is a number.</summary>
    public static void Attribute(this XmlWriter xml, string name, long number) => xml.WriteAttributeString(name, Number(number));

    /// <summary>Writes the attributes of a version.</summary>
    public static void Version(this XmlWriter xml, Evr evr)
    {
        xml.Attribute("epoch", evr.Epoch);
        xml.Attribute("ver", evr.Version);
        if (!string.IsNullOrEmpty(evr.Release))
        {
            xml.Attribute("rel", evr.Release);
        }
    }

    /// <summary>Begins the element of a package in <c>filelists</c> and <c>other</c>.</summary>
    public static void BeginPackage(this XmlWriter xml, PublishedPackage package)
    {
        var nevra = package.File.Info.Nevra;
        xml.WriteStartElement("package");
        xml.Attribute("pkgid", package.Checksum.Hex);
        xml.Attribute("name", nevra.Name);
        xml.Attribute("arch", package.Architecture);
        xml.WriteStartElement("version");
        xml.Version(nevra.Evr);
        xml.WriteEndElement();
    }

    /// <summary>A number as metadata has it.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write some characters, and control characters of texts that are not UTF-8 (80 to 9F in Latin-1) mean
    // nothing. createrepo_c drops both.
    private static string Clean(string text)
    {
        var i = 0;
        while (i < text.Length && LengthAt(text, i) is var length and > 0)
        {
            i += length;
        }

        if (i == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, i, text.Length);
        while (i < text.Length)
        {
            var length = LengthAt(text, i);
            clean.Append(text, i, length);
            i += Math.Max(1, length);
        }

        return clean.ToString();
    }

    // How many chars the character at a place has, 0 for one that is dropped.
    private static int LengthAt(string text, int i) =>
        text[i] is >= '\u0080' and <= '\u009f' ? 0
        : XmlConvert.IsXmlChar(text[i]) ? 1
        : i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 0;
}
