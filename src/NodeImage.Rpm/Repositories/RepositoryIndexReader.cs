using System.Xml;

namespace NodeImage.Rpm.Repositories;

/// <summary>Reads <c>repomd.xml</c>. As librepo does, it passes over what it does not know and entries that are not whole.</summary>
public static class RepositoryIndexReader
{
    // Real ones have a few dozen entries.
    private const int MaxEntries = 10_000;

    /// <summary>Reads <c>repomd.xml</c>.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2003: it is malformed. NI2004: a checksum is of an unknown kind.</exception>
    public static RepositoryIndex Read(Stream stream, string source) => MetadataXml.Read(stream, source, reader => Read(reader, source));

    private static RepositoryIndex Read(XmlReader reader, string source)
    {
        MetadataXml.EnterRoot(reader, "repomd");
        var revision = "";
        var entries = new List<RepositoryIndexEntry>();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != 1)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "revision":
                    revision = MetadataXml.ReadText(reader);
                    break;
                case "data":
                    if (ReadEntry(reader, source) is { } entry)
                    {
                        entries.Add(entry);
                    }

                    break;
            }

            if (entries.Count > MaxEntries)
            {
                throw new XmlException($"it has more than {MaxEntries} entries");
            }
        }

        return new RepositoryIndex(revision, entries);
    }

    private static RepositoryIndexEntry? ReadEntry(XmlReader reader, string source)
    {
        var entry = new RepositoryIndexEntry { Type = reader.GetAttribute("type") ?? "", Location = "" };
        if (reader.IsEmptyElement)
        {
            return null;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                entry = ReadPart(reader, entry, source);
            }
        }

        return entry.Type.Length > 0 && entry.Location.Length > 0 ? entry : null;
    }

    private static RepositoryIndexEntry ReadPart(XmlReader reader, RepositoryIndexEntry entry, string source) => reader.LocalName switch
    {
        "location" => entry with
        {
            Location = reader.GetAttribute("href") ?? "",
            LocationBase = reader.GetAttribute("base", "http://www.w3.org/XML/1998/namespace"),
        },
        "checksum" => entry with { Checksum = ReadChecksum(reader, source) },
        "open-checksum" => entry with { OpenChecksum = ReadChecksum(reader, source) },
        "size" => entry with { Size = MetadataXml.ToNumber(MetadataXml.ReadText(reader)) },
        "open-size" => entry with { OpenSize = MetadataXml.ToNumber(MetadataXml.ReadText(reader)) },
        "timestamp" => entry with { Timestamp = ToTimestamp(MetadataXml.ReadText(reader)) },
        _ => entry,
    };

    // Some tools write fractions of a second.
    private static long ToTimestamp(string text) => MetadataXml.ToNumber(text.Split('.')[0]) ?? 0;

    private static MetadataChecksum? ReadChecksum(XmlReader reader, string source)
    {
        var type = reader.GetAttribute("type");
        var value = MetadataXml.ReadText(reader);
        return type is null ? null : MetadataChecksum.TryParse(type, value)
            ?? throw RepositoryDiagnostics.Unsupported.Error(null, source, $"'{value}' is no checksum of the kind '{type}'");
    }
}
