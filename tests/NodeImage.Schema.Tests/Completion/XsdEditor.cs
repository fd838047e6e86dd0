using System.Xml;
using System.Xml.Schema;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Completion;

/// <summary>
/// Completes as editors of XML do: it walks down to the place with a validator, and asks what it would take there. Where it
/// takes any element, elements that the schema declares globally are offered.
/// </summary>
internal sealed class XsdEditor(XmlSchemaSet schemas)
{
    /// <summary>The editor with the schema of this checkout.</summary>
    public static XsdEditor Here { get; } = new(Read(Checkout.At("sdk/schema/NodeImage.xsd")));

    /// <summary>Reads a schema.</summary>
    public static XmlSchemaSet Read(string path)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add("", path);
        schemas.Compile();
        return schemas;
    }

    /// <summary>What is offered where a text has <c>|</c>.</summary>
    public IReadOnlyList<Offer> At(string text)
    {
        var caret = Caret.In(text);
        var validator = new XmlSchemaValidator(new NameTable(), schemas, new XmlNamespaceManager(new NameTable()), XmlSchemaValidationFlags.None);
        validator.Initialize();
        var info = new XmlSchemaInfo();
        foreach (var (index, name) in caret.Path.Index())
        {
            validator.ValidateElement(name, "", info);
            // The element of an attribute that is being written is still open.
            if (caret.Kind is CaretKind.Element or CaretKind.Text || index < caret.Path.Count - 1)
            {
                validator.GetUnspecifiedDefaultAttributes([]);
                validator.ValidateEndOfAttributes(info);
            }
        }

        return caret.Kind switch
        {
            CaretKind.Element => [.. validator.GetExpectedParticles().SelectMany(Elements).Select(ToOffer)],
            CaretKind.Attribute => [.. validator.GetExpectedAttributes().Select(ToOffer)],
            CaretKind.AttributeValue => [.. validator.GetExpectedAttributes().Where(attribute => attribute.QualifiedName.Name == caret.Attribute).SelectMany(attribute => Values(attribute.AttributeSchemaType))],
            _ => [.. Values(info.SchemaType switch { XmlSchemaComplexType complex => SimpleOf(complex), XmlSchemaSimpleType simple => simple, _ => null })],
        };
    }

    private IEnumerable<XmlSchemaElement> Elements(XmlSchemaParticle particle) => particle switch
    {
        XmlSchemaElement element => [element],
        XmlSchemaAny => schemas.GlobalElements.Values.Cast<XmlSchemaElement>(),
        _ => [],
    };

    private static XmlSchemaSimpleType? SimpleOf(XmlSchemaComplexType complex) => complex.BaseXmlSchemaType as XmlSchemaSimpleType;

    private static IEnumerable<Offer> Values(XmlSchemaSimpleType? type) => type?.Content switch
    {
        XmlSchemaSimpleTypeUnion union => (union.BaseMemberTypes ?? []).SelectMany(Values),
        XmlSchemaSimpleTypeRestriction restriction => restriction.Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => new Offer(facet.Value!, Text(facet))),
        _ => [],
    };

    private static Offer ToOffer(XmlSchemaElement element) => new(element.QualifiedName.Name, Text(element));

    private static Offer ToOffer(XmlSchemaAttribute attribute) => new(attribute.QualifiedName.Name, Text(attribute));

    private static string Text(XmlSchemaAnnotated part) =>
        string.Concat(part.Annotation?.Items.OfType<XmlSchemaDocumentation>().SelectMany(documentation => documentation.Markup ?? []).Select(node => node?.Value) ?? []);
}
