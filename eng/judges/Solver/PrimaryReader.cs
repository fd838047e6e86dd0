using System.Globalization;
using System.Xml;
using NodeImage.Core.Compression;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Versions;

namespace NodeImage.Judges.Solver;

/// <summary>Reads of a <c>primary.xml</c> what the solver needs.</summary>
internal static class PrimaryReader
{
    public static IReadOnlyList<RepositoryPackage> ReadFolder(string repository)
    {
        var path = Directory.EnumerateFiles(Path.Combine(repository, "repodata"), "*primary.xml*").Order(StringComparer.Ordinal).First();
        using var file = File.OpenRead(path);
        var head = new byte[6];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        using var xml = Decompressor.Open(file, Decompressor.Detect(head.AsSpan(0, length)));
        using var reader = XmlReader.Create(xml, new XmlReaderSettings { IgnoreWhitespace = true });
        var packages = new List<RepositoryPackage>();
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "package", Depth: 1 })
            {
                packages.Add(ReadPackage(reader));
            }
        }

        return packages;
    }

    private static RepositoryPackage ReadPackage(XmlReader reader)
    {
        string name = "", architecture = "", vendor = "";
        var evr = new Evr(0, "", null);
        var time = 0L;
        var lists = new Dictionary<string, List<Dependency>>();
        var files = new List<string>();
        List<Dependency>? list = null;
        while (reader.Read() && !(reader is { NodeType: XmlNodeType.EndElement, LocalName: "package" }))
        {
            if (reader.NodeType == XmlNodeType.Text)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "version":
                    evr = ReadEvr(reader);
                    break;
                case "time" when reader.IsStartElement():
                    time = long.Parse(reader.GetAttribute("build") ?? "0", CultureInfo.InvariantCulture);
                    break;
                case "entry":
                    list!.Add(ReadEntry(reader));
                    break;
                case "name" when reader.IsStartElement():
                    name = Text(reader);
                    break;
                case "arch" when reader.IsStartElement():
                    architecture = Text(reader);
                    break;
                case "vendor" when reader.IsStartElement():
                    vendor = Text(reader);
                    break;
                case "file" when reader.IsStartElement():
                    files.Add(Text(reader));
                    break;
                default:
                    if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI.EndsWith("/rpm", StringComparison.Ordinal))
                    {
                        lists[reader.LocalName] = list = [];
                    }

                    break;
            }
        }

        List<Dependency> List(string key) => lists.GetValueOrDefault(key, []);
        return new RepositoryPackage
        {
            Nevra = new Nevra(name, evr, architecture),
            Vendor = vendor,
            BuildTime = time,
            Provides = List("provides"),
            Requires = List("requires"),
            Conflicts = List("conflicts"),
            Obsoletes = List("obsoletes"),
            Recommends = List("recommends"),
            Suggests = List("suggests"),
            Supplements = List("supplements"),
            Enhances = List("enhances"),
            Files = files,
        };
    }

    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        reader.Read();
        return reader.NodeType == XmlNodeType.Text ? reader.Value : "";
    }

    private static Evr ReadEvr(XmlReader reader)
    {
        _ = uint.TryParse(reader.GetAttribute("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch);
        return new Evr(epoch, reader.GetAttribute("ver") ?? "", reader.GetAttribute("rel"));
    }

    private static Dependency ReadEntry(XmlReader reader)
    {
        var flags = reader.GetAttribute("flags") switch
        {
            "EQ" => DependencyFlags.Equal,
            "LT" => DependencyFlags.Less,
            "GT" => DependencyFlags.Greater,
            "LE" => DependencyFlags.Less | DependencyFlags.Equal,
            "GE" => DependencyFlags.Greater | DependencyFlags.Equal,
            _ => DependencyFlags.Any,
        };
        return new Dependency(reader.GetAttribute("name")!, flags, flags == DependencyFlags.Any ? null : ReadEvr(reader));
    }
}
