using System.Xml;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories;

/// <summary>A metalink: where <c>repomd.xml</c> can be had, and what it is checked by.</summary>
/// <param name="Mirrors">The addresses of <c>repomd.xml</c>, the most preferred first.</param>
/// <param name="Size">The size of <c>repomd.xml</c>, or null where it is not told.</param>
/// <param name="Checksums">The checksums of <c>repomd.xml</c>, the strongest first.</param>
/// <param name="Alternates">The checksums of older versions that some mirrors still have, the strongest first in each.</param>
public sealed record Metalink(
    IReadOnlyList<Uri> Mirrors,
    long? Size,
    IReadOnlyList<MetadataChecksum> Checksums,
    IReadOnlyList<IReadOnlyList<MetadataChecksum>> Alternates)
{
    private const int MaxItems = 10_000;

    /// <summary>The bases of the repositories on the mirrors, the most preferred first.</summary>
    public IReadOnlyList<Uri> Bases => [.. Mirrors.Select(mirror => new Uri(mirror, "../"))];

    /// <summary>Reads a metalink.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>What it says of <c>repomd.xml</c>.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2003: it is malformed, or says nothing of <c>repomd.xml</c>.</exception>
    public static Metalink Read(Stream stream, string source) => MetadataXml.Read(stream, source, Read);

    /// <summary>Whether a <c>repomd.xml</c> is the one that is announced, or one of the older ones that may still be about.</summary>
    /// <param name="content">The file.</param>
    /// <returns>True when its strongest checksum fits. A metalink without checksums vouches for nothing.</returns>
    public bool IsAnnounced(ReadOnlySpan<byte> content)
    {
        foreach (var checksums in Alternates.Prepend(Checksums))
        {
            if (checksums.Count > 0
                && Convert.ToHexStringLower(RunningDigest.Of(checksums[0].Algorithm, content)) == checksums[0].Value)
            {
                return true;
            }
        }

        return false;
    }

    private static Metalink Read(XmlReader reader)
    {
        MetadataXml.EnterRoot(reader, "metalink");
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "file" && reader.GetAttribute("name") == "repomd.xml")
            {
                return ReadFile(reader);
            }
        }

        throw new XmlException("it says nothing of repomd.xml");
    }

    private static Metalink ReadFile(XmlReader reader)
    {
        var mirrors = new List<(Uri Address, long Preference)>();
        var current = new List<MetadataChecksum>();
        var alternates = new List<List<MetadataChecksum>>();
        var checksums = current;
        long? size = null;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth && mirrors.Count + alternates.Count < MaxItems)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "alternate":
                    checksums = [];
                    alternates.Add(checksums);
                    break;
                case "size" when ReferenceEquals(checksums, current):
                    size = MetadataXml.ToNumber(MetadataXml.ReadText(reader));
                    break;
                case "hash" when MetadataChecksum.TryParse(reader.GetAttribute("type") ?? "", MetadataXml.ReadText(reader)) is { } checksum:
                    checksums.Add(checksum);
                    break;
                case "resources":
                    checksums = current;
                    break;
                case "url":
                    var preference = MetadataXml.ToNumber(reader.GetAttribute("preference")) ?? 0;
                    if (MirrorList.TryParse(MetadataXml.ReadText(reader), out var address))
                    {
                        mirrors.Add((address, preference));
                    }

                    break;
            }
        }

        return new Metalink(
            [.. mirrors.OrderByDescending(mirror => mirror.Preference).Select(mirror => mirror.Address)],
            size,
            Strongest(current),
            [.. alternates.Select(Strongest)]);
    }

    private static MetadataChecksum[] Strongest(List<MetadataChecksum> checksums) =>
        [.. checksums.OrderByDescending(checksum => DigestAlgorithms.SizeOf(checksum.Algorithm))];
}
