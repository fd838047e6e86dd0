using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>An entry of a layer, read by the platform's own tar reader.</summary>
internal sealed record LayerEntry(string Path, TarEntryType Type, UnixFileMode Mode, int Uid, int Gid, DateTimeOffset Time, string Link, string Digest, string Attributes)
{
    /// <summary>Whether it is anything but a folder.</summary>
    public bool IsFile => Type != TarEntryType.Directory;
}

/// <summary>Reads an OCI layout in its own way, so that our writer is not its own judge.</summary>
internal sealed class LayoutReader(string folder)
{
    private readonly JsonObject _index = Read(System.IO.Path.Combine(folder, "index.json"));

    public string ManifestDigest => (string)_index["manifests"]![0]!["digest"]!;

    public JsonObject Manifest => Read(BlobPath(ManifestDigest));

    public JsonObject Config => Read(BlobPath((string)Manifest["config"]!["digest"]!));

    /// <summary>The layers' digests, lowest first.</summary>
    public IReadOnlyList<string> Layers => [.. Manifest["layers"]!.AsArray().Select(layer => (string)layer!["digest"]!)];

    /// <summary>The entries of a layer.</summary>
    public IReadOnlyList<LayerEntry> Entries(string digest)
    {
        using var file = File.OpenRead(BlobPath(digest));
        using var content = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(content);
        var entries = new List<LayerEntry>();
        while (tar.GetNextEntry() is { } entry)
        {
            var hash = entry.DataStream is { } data ? Convert.ToHexStringLower(SHA256.HashData(data)) : "";
            var attributes = entry is PaxTarEntry pax
                ? string.Join(';', pax.ExtendedAttributes.Where(pair => pair.Key.StartsWith("SCHILY.xattr.", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
                : "";
            entries.Add(new LayerEntry("/" + entry.Name.TrimStart('.', '/').TrimEnd('/'), entry.EntryType, entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime, entry.LinkName, hash, attributes));
        }

        return entries;
    }

    /// <summary>Hands each regular file of the layers to a reader, lowest layer first.</summary>
    /// <param name="read">Is given the path and the content.</param>
    public void ReadFiles(Action<string, Stream> read)
    {
        foreach (var digest in Layers)
        {
            using var file = File.OpenRead(BlobPath(digest));
            using var content = new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(content);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry is { EntryType: TarEntryType.RegularFile, DataStream: { } data })
                {
                    read("/" + entry.Name.TrimStart('.', '/'), data);
                }
            }
        }
    }

    /// <summary>The files of the image: what its layers come to, whiteouts carried out.</summary>
    public IReadOnlyDictionary<string, LayerEntry> Files()
    {
        var files = new SortedDictionary<string, LayerEntry>(StringComparer.Ordinal);
        foreach (var entry in Layers.SelectMany(Entries))
        {
            var name = System.IO.Path.GetFileName(entry.Path);
            if (name.StartsWith(".wh.", StringComparison.Ordinal))
            {
                var removed = $"{System.IO.Path.GetDirectoryName(entry.Path)!.TrimEnd('/')}/{name[4..]}";
                foreach (var path in files.Keys.Where(path => path == removed || path.StartsWith(removed + "/", StringComparison.Ordinal)).ToList())
                {
                    files.Remove(path);
                }
            }
            else
            {
                files[entry.Path] = entry;
            }
        }

        return files;
    }

    private string BlobPath(string digest) => System.IO.Path.Combine(folder, "blobs", digest.Replace(':', '/'));

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
}
