using System.Xml.Linq;
using NodeImage.Core.Compression;

namespace NodeImage.Rpm.Tests.Repositories;

/// <summary>Reads the documents of a repository with the platform's own XML reader, in a form that two writers can be compared by.</summary>
internal static class MetadataDocuments
{
    /// <summary>What the documents say of each package, by its checksum: a line for each element and attribute, in order.</summary>
    /// <param name="folder">The repository.</param>
    /// <param name="type">The document, such as <c>primary</c>.</param>
    public static SortedDictionary<string, List<string>> Read(string folder, string type)
    {
        XNamespace repo = "http://linux.duke.edu/metadata/repo";
        var index = XDocument.Load(Path.Combine(folder, "repodata", "repomd.xml"));
        var location = (string)index.Root!.Elements(repo + "data").Single(data => (string?)data.Attribute("type") == type).Element(repo + "location")!.Attribute("href")!;
        using var file = File.OpenRead(Path.Combine(folder, location));
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        file.Position = 0;
        using var open = Decompressor.Open(file, Decompressor.Detect(head));
        var packages = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var package in XDocument.Load(open, LoadOptions.None).Root!.Elements())
        {
            var key = (string?)package.Attribute("pkgid") ?? package.Elements().Single(element => element.Name.LocalName == "checksum").Value;
            packages.Add(key, [.. Lines(package, "")]);
        }

        return packages;
    }

    // The time of the file is the disk's with createrepo_c, and white space at the ends of texts nobody means.
    private static IEnumerable<string> Lines(XElement element, string path)
    {
        var name = $"{path}/{element.Name}";
        var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && !(element.Name.LocalName == "time" && attribute.Name == "file")).OrderBy(attribute => attribute.Name.ToString(), StringComparer.Ordinal);
        return new[] { $"{name}{string.Concat(attributes.Select(attribute => $" {attribute.Name}={attribute.Value}"))} {(element.HasElements ? "" : element.Value.Trim())}" }
            .Concat(element.Elements().SelectMany(child => Lines(child, name)));
    }
}
