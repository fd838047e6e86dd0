using System.Xml;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>Writes the packages of <c>primary.xml</c>.</summary>
internal static class PrimaryWriter
{
    /// <summary>Writes a package.</summary>
    public static void Write(XmlWriter xml, PublishedPackage package)
    {
        var info = package.File.Info;
        xml.WriteStartElement("package");
        xml.Attribute("type", "rpm");
        xml.Text("name", info.Nevra.Name);
        xml.Text("arch", package.Architecture);
        xml.WriteStartElement("version");
        xml.Version(info.Nevra.Evr);
        xml.WriteEndElement();
        xml.WriteStartElement("checksum");
        xml.Attribute("type", "sha256");
        xml.Attribute("pkgid", "YES");
        xml.WriteString(package.Checksum.Hex);
        xml.WriteEndElement();
        xml.Text("summary", info.Summary);
        xml.Text("description", info.Description);
        xml.Text("packager", info.Packager);
        xml.Text("url", info.Url);
        WriteFile(xml, package);
        WriteFormat(xml, package);
        xml.WriteEndElement();
    }

    private static void WriteFile(XmlWriter xml, PublishedPackage package)
    {
        xml.WriteStartElement("time");
        xml.Attribute("file", package.FileTime);
        xml.Attribute("build", package.File.Info.BuildTime);
        xml.WriteEndElement();
        xml.WriteStartElement("size");
        xml.Attribute("package", package.File.Length);
        xml.Attribute("installed", package.File.Info.InstalledSize);
        xml.Attribute("archive", ArchiveSize(package.File));
        xml.WriteEndElement();
        xml.WriteStartElement("location");
        xml.Attribute("href", package.Location);
        xml.WriteEndElement();
    }

    private static void WriteFormat(XmlWriter xml, PublishedPackage package)
    {
        var info = package.File.Info;
        var description = LocalPackage.Describe(info);
        xml.WriteStartElement("format");
        xml.RpmText("license", info.License);
        xml.RpmText("vendor", info.Vendor);
        xml.RpmText("group", info.Group);
        xml.RpmText("buildhost", info.BuildHost);
        xml.RpmText("sourcerpm", info.SourceRpm);
        xml.WriteStartElement("rpm", "header-range", MetadataNames.Rpm);
        xml.Attribute("start", package.File.HeaderOffset);
        xml.Attribute("end", package.File.PayloadOffset);
        xml.WriteEndElement();
        WriteDependencies(xml, "provides", description.Provides);
        WriteDependencies(xml, "requires", description.Requires);
        WriteDependencies(xml, "conflicts", description.Conflicts);
        WriteDependencies(xml, "obsoletes", description.Obsoletes);
        WriteDependencies(xml, "suggests", description.Suggests);
        WriteDependencies(xml, "enhances", description.Enhances);
        WriteDependencies(xml, "recommends", description.Recommends);
        WriteDependencies(xml, "supplements", description.Supplements);
        FileListsWriter.WriteFiles(xml, info.Files.Where(file => LocalPackage.IsPrimaryFile(file.Path)));
        xml.WriteEndElement();
    }

    private static void WriteDependencies(XmlWriter xml, string kind, IReadOnlyList<Dependency> dependencies)
    {
        if (dependencies.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("rpm", kind, MetadataNames.Rpm);
        foreach (var dependency in dependencies)
        {
            xml.WriteStartElement("rpm", "entry", MetadataNames.Rpm);
            xml.Attribute("name", dependency.Name);
            if (Comparison(dependency.Comparison) is { } flags)
            {
                xml.Attribute("flags", flags);
                xml.Version(dependency.Version!);
            }

            if ((dependency.Flags & DependencyFlags.Prerequisite) != 0)
            {
                xml.Attribute("pre", "1");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string? Comparison(DependencyFlags flags) => flags switch
    {
        DependencyFlags.Equal => "EQ",
        DependencyFlags.Less => "LT",
        DependencyFlags.Less | DependencyFlags.Equal => "LE",
        DependencyFlags.Greater => "GT",
        DependencyFlags.Greater | DependencyFlags.Equal => "GE",
        _ => null,
    };

    // The payload's size in the clear: format 4 tells it in the signature header, format 6 in the header.
    private static long ArchiveSize(RpmPackageFile file) => (long)(
        file.Signature.GetNumber(RpmTag.LongArchiveSize)
        ?? file.Signature.GetNumber(RpmSignatureTag.PayloadSize)
        ?? file.Header.GetNumber(RpmTag.ArchiveSize)
        ?? file.Header.GetNumber(RpmTag.PayloadSizeAlt)
        ?? 0);
}
