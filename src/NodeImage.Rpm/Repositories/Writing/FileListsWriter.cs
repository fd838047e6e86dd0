using System.Xml;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>Writes the packages of <c>filelists.xml</c>.</summary>
internal static class FileListsWriter
{
    /// <summary>Writes a package.</summary>
    public static void Write(XmlWriter xml, PublishedPackage package)
    {
        xml.BeginPackage(package);
        WriteFiles(xml, package.File.Info.Files);
        xml.WriteEndElement();
    }

    /// <summary>Writes files, as <c>primary.xml</c> has them too.</summary>
    public static void WriteFiles(XmlWriter xml, IEnumerable<RpmFileEntry> files)
    {
        foreach (var file in files)
        {
            if (file.IsDirectory || file.IsGhost)
            {
                xml.WriteStartElement("file");
                xml.Attribute("type", file.IsDirectory ? "dir" : "ghost");
                xml.Content(file.Path);
                xml.WriteEndElement();
            }
            else
            {
                xml.Text("file", file.Path);
            }
        }
    }
}
