using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NodeImage.Schema.Writers;

/// <summary>XML as generated files have it: indented by two, lines ended by <c>\n</c>, UTF-8 without a mark.</summary>
internal static class XmlText
{
    public static readonly XComment Notice = new(" Generated from nodeimage.schema.json by eng/schema/generate.sh. ");

    /// <summary>A document with a declaration.</summary>
    public static string Write(XElement root) => Write(root, declaration: true);

    /// <summary>A document as files of MSBuild are written: without a declaration.</summary>
    public static string WriteFragment(XElement root) => Write(root, declaration: false);

    private static string Write(XElement root, bool declaration)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = !declaration,
        };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            new XDocument(new XComment(Notice), root).Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
