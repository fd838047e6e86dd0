using System.Xml;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>Writes <c>repomd.xml</c>.</summary>
internal static class RepositoryIndexWriter
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, RepositoryIndex index)
    {
        using var file = File.Create(path);
        using (var xml = XmlText.Begin(file))
        {
            xml.WriteStartElement("repomd", MetadataNames.Index);
            xml.WriteAttributeString("xmlns", "rpm", null, MetadataNames.Rpm);
            xml.Text("revision", index.Revision);
            foreach (var entry in index.Entries)
            {
                WriteEntry(xml, entry);
            }

            xml.WriteEndElement();
        }

        file.WriteByte((byte)'\n');
    }

    private static void WriteEntry(XmlWriter xml, RepositoryIndexEntry entry)
    {
        xml.WriteStartElement("data");
        xml.Attribute("type", entry.Type);
        WriteChecksum(xml, "checksum", entry.Checksum);
        WriteChecksum(xml, "open-checksum", entry.OpenChecksum);
        xml.WriteStartElement("location");
        xml.Attribute("href", entry.Location);
        xml.WriteEndElement();
        xml.Text("timestamp", XmlText.Number(entry.Timestamp));
        xml.Text("size", XmlText.Number(entry.Size ?? 0));
        xml.Text("open-size", XmlText.Number(entry.OpenSize ?? 0));
        xml.WriteEndElement();
    }

    private static void WriteChecksum(XmlWriter xml, string name, MetadataChecksum? checksum)
    {
        if (checksum is not null)
        {
            xml.WriteStartElement(name);
            xml.Attribute("type", DigestAlgorithms.NameOf(checksum.Algorithm).ToLowerInvariant());
            xml.WriteString(checksum.Value);
            xml.WriteEndElement();
        }
    }
}
