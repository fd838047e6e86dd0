using System.Xml.Linq;

namespace NodeImage.Schema.Writers;

/// <summary>Writes what every project of MSBuild is made of.</summary>
internal static class XsdProject
{
    private static readonly (string Name, string Description)[] Open =
    [
        ("Import", "Imports another file of MSBuild."),
        ("ImportGroup", "Groups imports under one condition."),
        ("ProjectExtensions", "What MSBuild does not look at."),
        ("Sdk", "An SDK that the project uses."),
        ("Target", "Steps of a build."),
        ("UsingTask", "Says where a task is to be found."),
    ];

    public static IEnumerable<XElement> Write() =>
    [
        Element("Project", "Project", "A project."),
        ComplexType(
            "Project",
            new XElement(
                Xsd.Name("choice"),
                Xsd.AnyNumber(),
                Groups(),
                Element("Choose", "Choose", "Properties and items of the first condition that holds."),
                Element("ItemDefinitionGroup", "Definitions", "Gives items metadata that they have unless they say otherwise, and declares metadata of your own."),
                Open.Select(part => Element(part.Name, "Open", part.Description))),
            Xsd.Attribute("Sdk", "xs:string", "The SDK, with a version or with the version in global.json: NodeImage.Sdk/1.0.0."),
            Xsd.Attribute("DefaultTargets", "xs:string", "The targets that are built where none is named."),
            Xsd.Attribute("InitialTargets", "xs:string", "Targets that are built before any other."),
            Xsd.Attribute("TreatAsLocalProperty", "xs:string", "Properties that the project may change even where the command line sets them."),
            Xsd.Attribute("ToolsVersion", "xs:string", "Has no effect any more."),
            Common()),
        ComplexType("Group", Xsd.Anything(), Common()),
        // What is declared here need not be known.
        ComplexType("Definitions", Xsd.Anything("skip"), Common()),
        ComplexType(
            "Choose",
            new XElement(
                Xsd.Name("choice"),
                Xsd.AnyNumber(),
                Element("When", "Case", "What holds under a condition."),
                Element("Otherwise", "Case", "What holds where no condition does."))),
        ComplexType(
            "Case",
            new XElement(Xsd.Name("choice"), Xsd.AnyNumber(), Groups(), Element("Choose", "Choose", "A further choice.")),
            Common()),
        new XElement(
            Xsd.Name("complexType"),
            new XAttribute("name", "Open"),
            new XAttribute("mixed", "true"),
            Xsd.Anything(),
            new XElement(Xsd.Name("anyAttribute"), new XAttribute("processContents", "lax"))),
        AttributeGroup(
            "common",
            ("Condition", "Takes part only where this holds."),
            ("Label", "A name for readers.")),
        AttributeGroup(
            "item",
            ("Exclude", "What is not added though Include names it."),
            ("Update", "Items that are there already and get the metadata."),
            ("Remove", "Items that are taken away."),
            ("KeepMetadata", "In a target: the only metadata that is kept."),
            ("RemoveMetadata", "In a target: metadata that is not kept."),
            ("KeepDuplicates", "In a target: false adds no item that is there already."),
            ("MatchOnMetadata", "With Remove: the metadata that must be equal."),
            ("MatchOnMetadataOptions", "With MatchOnMetadata: how values are compared."),
            ("Condition", "Takes part only where this holds."),
            ("Label", "A name for readers.")),
    ];

    private static XElement[] Groups() =>
    [
        Element("PropertyGroup", "Group", "Properties of the project."),
        Element("ItemGroup", "Group", "Items of the project: packages, repositories, units, files, accounts."),
    ];

    private static XElement Element(string name, string type, string description) =>
        new(Xsd.Name("element"), new XAttribute("name", name), new XAttribute("type", type), Xsd.Documentation(description));

    private static XElement ComplexType(string name, params XElement[] content) => new(Xsd.Name("complexType"), new XAttribute("name", name), content);

    private static XElement Common() => new(Xsd.Name("attributeGroup"), new XAttribute("ref", "common"));

    private static XElement AttributeGroup(string name, params (string Name, string Description)[] attributes) => new(
        Xsd.Name("attributeGroup"),
        new XAttribute("name", name),
        attributes.Select(attribute => Xsd.Attribute(attribute.Name, "xs:string", attribute.Description)));
}
