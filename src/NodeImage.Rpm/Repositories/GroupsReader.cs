using System.Xml;

namespace NodeImage.Rpm.Repositories;

/// <summary>Reads package groups and environments (<c>comps.xml</c>). Categories and language packs are passed over.</summary>
public static class GroupsReader
{
    private const int MaxItems = 1_000_000;

    /// <summary>Reads <c>comps.xml</c>.</summary>
    /// <param name="stream">The file in the clear.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>The groups and environments.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2003: it is malformed.</exception>
    public static RepositoryGroups Read(Stream stream, string source) => MetadataXml.Read(stream, source, Read);

    private static RepositoryGroups Read(XmlReader reader)
    {
        MetadataXml.EnterRoot(reader, "comps");
        var groups = new List<PackageGroup>();
        var environments = new List<PackageEnvironment>();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != 1)
            {
                continue;
            }

            if (reader.LocalName == "group")
            {
                groups.Add(ReadGroup(reader));
            }
            else if (reader.LocalName == "environment")
            {
                environments.Add(ReadEnvironment(reader));
            }

            if (groups.Count + environments.Count > MaxItems)
            {
                throw new XmlException("it has too many groups");
            }
        }

        return new RepositoryGroups(groups, environments);
    }

    private static PackageGroup ReadGroup(XmlReader reader)
    {
        var (id, name) = ("", "");
        var packages = new List<GroupPackage>();
        ForEachChild(reader, () =>
        {
            switch (reader.LocalName)
            {
                case "id":
                    id = MetadataXml.ReadText(reader);
                    break;
                case "name" when reader.XmlLang.Length == 0:
                    name = MetadataXml.ReadText(reader);
                    break;
                case "packagereq":
                    packages.Add(ReadPackage(reader));
                    break;
            }
        });
        packages.RemoveAll(package => package.Name.Length == 0);
        return new PackageGroup(id, name, packages);
    }

    private static GroupPackage ReadPackage(XmlReader reader)
    {
        var kind = reader.GetAttribute("type") switch
        {
            "default" => GroupPackageKind.Default,
            "optional" => GroupPackageKind.Optional,
            "conditional" => GroupPackageKind.Conditional,
            _ => GroupPackageKind.Mandatory,
        };
        var requires = reader.GetAttribute("requires");
        var baseArchOnly = reader.GetAttribute("basearchonly") == "true";
        return new GroupPackage(MetadataXml.ReadText(reader), kind, requires, baseArchOnly);
    }

    private static PackageEnvironment ReadEnvironment(XmlReader reader)
    {
        var (id, name) = ("", "");
        var groups = new List<string>();
        var options = new List<string>();
        var list = groups;
        ForEachChild(reader, () =>
        {
            switch (reader.LocalName)
            {
                case "id":
                    id = MetadataXml.ReadText(reader);
                    break;
                case "name" when reader.XmlLang.Length == 0:
                    name = MetadataXml.ReadText(reader);
                    break;
                case "grouplist":
                    list = groups;
                    break;
                case "optionlist":
                    list = options;
                    break;
                case "groupid":
                    list.Add(MetadataXml.ReadText(reader));
                    break;
            }
        });
        return new PackageEnvironment(id, name, groups, options);
    }

    private static void ForEachChild(XmlReader reader, Action read)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                read();
            }
        }
    }
}
