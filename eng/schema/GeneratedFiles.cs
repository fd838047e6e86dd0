using System.Text;
using NodeImage.Schema.Model;
using NodeImage.Schema.Writers;

namespace NodeImage.Schema;

/// <summary>A file that follows from the description.</summary>
/// <param name="Path">Where it is, below the repository's root.</param>
/// <param name="Content">Its text, with <c>\n</c> at the end of lines.</param>
public sealed record GeneratedFile(string Path, string Content)
{
    /// <summary>Whether the file holds this text, byte for byte.</summary>
    public bool IsCurrent(string root) =>
        File.Exists(At(root)) && File.ReadAllBytes(At(root)).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Content));

    /// <summary>Writes the file.</summary>
    public void Write(string root)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(root))!);
        File.WriteAllBytes(At(root), Encoding.UTF8.GetBytes(Content));
    }

    private string At(string root) => System.IO.Path.Combine(root, Path);
}

/// <summary>All files that follow from the description.</summary>
public static class GeneratedFiles
{
    private static readonly string[] Documents = ["docs/reference.md", "docs/diagnostics/README.md"];

    /// <summary>Makes the files of a checkout, without writing them.</summary>
    /// <param name="root">The repository's root.</param>
    /// <returns>The files, in a fixed order.</returns>
    /// <exception cref="SchemaException">The description or a document that is generated into is wrong.</exception>
    public static IReadOnlyList<GeneratedFile> Make(string root) => Make(root, SchemaFile.Read(root));

    /// <summary>Makes the files of a checkout as they would be with another description.</summary>
    /// <param name="root">The repository's root, whose documents are generated into.</param>
    /// <param name="schema">The description.</param>
    /// <returns>The files, in a fixed order.</returns>
    /// <exception cref="SchemaException">A document that is generated into is wrong.</exception>
    public static IReadOnlyList<GeneratedFile> Make(string root, SchemaDescription schema) =>
    [
        new("sdk/schema/nodeimage.schema.meta.json", MetaSchemaWriter.Write()),
        new("sdk/Sdk/Sdk.props.buildschema.json", SidecarWriter.WriteProps(schema)),
        new("sdk/Sdk/Sdk.targets.buildschema.json", SidecarWriter.WriteTargets(schema)),
        new("sdk/targets/NodeImage.AvailableItems.props", AvailableItemsWriter.Write(schema)),
        new("src/NodeImage.Compose/Naming/NameTable.g.cs", NameTableWriter.Write(schema)),
        new("sdk/schema/NodeImage.xsd", XsdWriter.Write(schema)),
        new("sdk/schema/rules/NodeImage.Project.xaml", RuleWriter.WriteProject(schema)),
        new("sdk/schema/rules/NodeImage.Items.xaml", RuleWriter.WriteItems(schema)),
        .. Documents.Select(path => new GeneratedFile(path, DocumentWriter.Write(schema, path, File.ReadAllText(Path.Combine(root, path))))),
    ];
}
