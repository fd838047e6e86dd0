using System.Xml.Linq;

namespace NodeImage.Schema.Writers;

/// <summary>Pieces of XML schemas.</summary>
internal static class Xsd
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2001/XMLSchema";

    public static XName Name(string local) => Namespace + local;

    public static XElement Documentation(string text) => new(Name("annotation"), new XElement(Name("documentation"), Prose.Plain(text)));

    public static XElement Attribute(string name, string type, string description) =>
        new(Name("attribute"), new XAttribute("name", name), new XAttribute("type", type), Documentation(description));

    public static XAttribute[] AnyNumber() => [new("minOccurs", "0"), new("maxOccurs", "unbounded")];

    /// <summary>Any elements; those that are known are checked, unless they are to be skipped.</summary>
    public static XElement Anything(string processContents = "lax") =>
        new(Name("sequence"), new XElement(Name("any"), new XAttribute("processContents", processContents), AnyNumber()));
}
