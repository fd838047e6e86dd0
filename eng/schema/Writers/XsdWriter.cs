using System.Xml.Linq;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Writers;

/// <summary>
/// Writes an XML schema of projects for editors that know XML and not MSBuild. Everything that MSBuild takes and that is
/// not the SDK's is let through: properties and items are global elements, and groups take any element, checking those
/// that are known. Items of the SDK take only its metadata, so that a slip of the pen is seen.
/// </summary>
internal static class XsdWriter
{
    private const string ForProjectSystems = "For project systems: how the file is shown. It has no effect on the image.";

    public static string Write(SchemaDescription schema) => XmlText.Write(new XElement(
        Xsd.Name("schema"),
        new XAttribute(XNamespace.Xmlns + "xs", Xsd.Namespace.NamespaceName),
        Xsd.Documentation("Projects of NodeImage.Sdk (.osproj), and the .props and .targets files that they import."),
        XsdProject.Write(),
        XsdTypes.Write(schema),
        schema.Properties.Where(property => !property.ReadOnly).OrderBy(property => property.Name, StringComparer.Ordinal).Select(Property),
        schema.Items.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => Item(schema, item))));

    private static XElement Property(ValueDescription property) => Text(property);

    private static XElement Item(SchemaDescription schema, ItemDescription item)
    {
        var metadata = item.Metadata.OrderBy(value => value.Name, StringComparer.Ordinal).ToList();
        var content = item.Inherited
            ? Xsd.Anything()
            : new XElement(Xsd.Name("choice"), Xsd.AnyNumber(), metadata.Select(Text), schema.Platform.CommonMetadata.Select(Common));
        return new XElement(
            Xsd.Name("element"),
            new XAttribute("name", item.Name),
            Xsd.Documentation(item.Description + Suffix(item.ImageKinds, item.Since, item.Deprecated)),
            new XElement(
                Xsd.Name("complexType"),
                content,
                Xsd.Attribute("Include", "xs:string", $"What is added: {item.Include.Description}."),
                metadata.Select(value => Xsd.Attribute(value.Name, XsdTypes.NameOf(value), Description(value))),
                item.Inherited ? null : schema.Platform.CommonMetadata.Select(name => Xsd.Attribute(name, "xs:string", ForProjectSystems)),
                new XElement(Xsd.Name("attributeGroup"), new XAttribute("ref", "item")),
                item.Inherited ? new XElement(Xsd.Name("anyAttribute"), new XAttribute("processContents", "lax")) : null));
    }

    private static XElement Common(string name) =>
        new(Xsd.Name("element"), new XAttribute("name", name), new XAttribute("type", "xs:string"), Xsd.Documentation(ForProjectSystems));

    private static XElement Text(ValueDescription value) => new(
        Xsd.Name("element"),
        new XAttribute("name", value.Name),
        Xsd.Documentation(Description(value)),
        new XElement(
            Xsd.Name("complexType"),
            new XElement(
                Xsd.Name("simpleContent"),
                new XElement(
                    Xsd.Name("extension"),
                    new XAttribute("base", XsdTypes.NameOf(value)),
                    new XElement(Xsd.Name("attributeGroup"), new XAttribute("ref", "common"))))));

    private static string Description(ValueDescription value)
    {
        var otherwise = value.Required ? " Required." : value.Default is { Length: > 0 } literal ? $" Default: {literal}." : value.DefaultText is { } text ? $" Default: {text}." : "";
        return value.Description + otherwise + Suffix(value.ImageKinds, value.Since, value.Deprecated);
    }

    private static string Suffix(IReadOnlyList<string>? kinds, string since, string? deprecated) =>
        (kinds is null ? "" : $" Only for images of the kind {Prose.Join(kinds)}.")
        + $" Since {since}."
        + (deprecated is null ? "" : $" Deprecated: {deprecated}");
}
