using System.Xml.Linq;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Writers;

/// <summary>Writes the types of items that project systems offer for a file ("build actions").</summary>
internal static class AvailableItemsWriter
{
    public static string Write(SchemaDescription schema) => XmlText.WriteFragment(new XElement(
        "Project",
        new XElement(
            "ItemGroup",
            schema.Items.Where(item => !item.Inherited)
                .Select(item => new XElement("AvailableItemName", new XAttribute("Include", item.Name))))));
}
