using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Judges.Rpm;

/// <summary>A repository in which something may be wrong.</summary>
/// <param name="Name">What was done to it.</param>
/// <param name="Index">Its <c>repomd.xml</c>.</param>
/// <param name="Primary">Its packages as they are stored, or null where the file is missing.</param>
/// <param name="Codes">The codes that fit; none where it is sound.</param>
internal sealed record SpoiltRepository(string Name, byte[] Index, byte[]? Primary, params string[] Codes)
{
    /// <summary>Where the packages are.</summary>
    public const string Location = "repodata/primary";

    private static readonly string Unreachable = RepositoryDiagnostics.Unreachable.Code;
    private static readonly string Mismatch = RepositoryDiagnostics.ChecksumMismatch.Code;
    private static readonly string Malformed = RepositoryDiagnostics.Malformed.Code;
    private static readonly string Unsupported = RepositoryDiagnostics.Unsupported.Code;
    private static readonly string Missing = RepositoryDiagnostics.MissingMetadata.Code;
    private static readonly string Size = RepositoryDiagnostics.SizeMismatch.Code;
    private static readonly string Outside = RepositoryDiagnostics.LocationOutside.Code;

    /// <summary>Spoils a repository in many ways.</summary>
    /// <param name="stored">Its packages as they are stored.</param>
    /// <param name="open">The same in the clear.</param>
    /// <returns>The spoilt repositories.</returns>
    public static IEnumerable<SpoiltRepository> Of(byte[] stored, byte[] open)
    {
        var sound = Describe(stored, open);
        var changed = (byte[])stored.Clone();
        changed[changed.Length / 2] ^= 1;
        return
        [
            new("as it is", Encode(sound), stored),
            new("with a byte changed", Encode(sound), changed, Mismatch),
            new("cut off", Encode(sound), stored[..^1], Size),
            new("cut off, without its size being announced", Encode(Without(sound, "size")), stored[..^1], Mismatch),
            new("with something after it", Encode(Without(sound, "size")), [.. stored, 0], Mismatch),
            new("cut off, as announced", Encode(Describe(stored[..(stored.Length / 2)], open)), stored[..(stored.Length / 2)], Malformed, Mismatch),
            new("without its packages", Encode(sound), null, Unreachable),
            new("with another checksum", Encode(sound.Replace(Hash(stored), Hash([1]), StringComparison.Ordinal)), stored, Mismatch),
            new("with another checksum of what is open", Encode(Without(sound, "checksum").Replace(Hash(open), Hash([1]), StringComparison.Ordinal)), stored, Mismatch),
            new("with another size", Encode(sound.Replace($"<size>{stored.Length}<", $"<size>{stored.Length + 1}<", StringComparison.Ordinal)), stored, Size),
            new("larger than announced when open", Encode(sound.Replace($"<open-size>{open.Length}<", $"<open-size>{open.Length / 2}<", StringComparison.Ordinal)), stored, Malformed, Size),
            new("without checksums", Encode(Without(Without(sound, "checksum"), "open-checksum")), stored, Unsupported),
            new("with a checksum of an unknown kind", Encode(sound.Replace("\"sha256\"", "\"crc32\"", StringComparison.Ordinal)), stored, Unsupported),
            new("without an entry for its packages", Encode(sound.Replace("\"primary\"", "\"secondary\"", StringComparison.Ordinal)), stored, Missing),
            .. Locations(sound, stored),
            .. Indexes(sound, stored),
            .. Documents(open),
        ];
    }

    /// <summary>A sound repository.</summary>
    /// <param name="name">What was done to it.</param>
    /// <param name="stored">Its packages as they are stored.</param>
    /// <param name="open">The same in the clear.</param>
    /// <returns>The repository.</returns>
    public static SpoiltRepository Sound(string name, byte[] stored, byte[] open) => new(name, Encode(Describe(stored, open)), stored);

    private static IEnumerable<SpoiltRepository> Locations(string sound, byte[] stored) =>
        from location in (string[])["../../etc/passwd", "/etc/passwd", "repodata/../../primary", "..", "repodata\\..\\..\\primary", "repodata/&#10;primary"]
        select new SpoiltRepository($"at '{location}'", Encode(sound.Replace(Location, location, StringComparison.Ordinal)), stored, Outside, Malformed);

    private static IEnumerable<SpoiltRepository> Indexes(string sound, byte[] stored) =>
    [
        new("with an empty index", [], stored, Malformed),
        new("with a web page for an index", Encode("<!DOCTYPE html><html><body>Not found</body></html>"), stored, Malformed),
        new("with an index of other bytes", [.. Enumerable.Range(0, 5000).Select(i => (byte)((i * 7919) >> 3))], stored, Malformed),
        new("with an index that is cut off", Encode(sound[..(sound.Length / 2)]), stored, Malformed),
        new("with an index that expands entities", Encode(Bomb("repomd", sound.Replace("<revision>1</revision>", "<revision>&z;</revision>", StringComparison.Ordinal))), stored, Malformed),
        new("with an index that is nested deeply", Encode(Nest("repomd")), stored, Malformed, Missing),
    ];

    // What the packages themselves are, the index being true to it.
    private static IEnumerable<SpoiltRepository> Documents(byte[] open)
    {
        var text = Encoding.UTF8.GetString(open);
        var start = text.IndexOf("<metadata", StringComparison.Ordinal);
        var inside = text.IndexOf('>', start) + 1;
        var document = text[..inside] + "<package type=\"rpm\"><name>&z;</name></package></metadata>";
        (string Name, string Text, string[] Codes)[] documents =
        [
            ("that are empty", "", [Malformed]),
            ("that are something else", "<filelists xmlns=\"http://linux.duke.edu/metadata/filelists\"/>", [Malformed]),
            ("that end early", text[..(text.Length - 20)], [Malformed]),
            ("that expand entities", Bomb("metadata", document), [Malformed]),
            ("that name a file as an entity", "<!DOCTYPE metadata [<!ENTITY z SYSTEM \"file:///etc/passwd\">]>" + document[Math.Max(start, 0)..], [Malformed]),
            ("that name an entity of their own", document, [Malformed]),
            ("that are nested deeply", text[..inside] + Nest("package"), [Malformed]),
            ("with a name without end", text[..inside] + "<package type=\"rpm\"><name>" + new string('a', 10_000_000) + "</name></package></metadata>", [Malformed]),
            ("with a name in pieces without end", text[..inside] + "<package type=\"rpm\"><name>" + string.Concat(Enumerable.Repeat($"{new string('a', 1000)}<![CDATA[b]]>", 10_000)) + "</name></package></metadata>", [Malformed]),
            ("without a name", text[..inside] + "<package type=\"rpm\"></package></metadata>", [Malformed]),
            ("with a control character", text[..inside] + "<package type=\"rpm\"><name>\u0001</name></package></metadata>", [Malformed]),
        ];
        foreach (var (name, content, codes) in documents)
        {
            var bytes = Encode(content);
            yield return new SpoiltRepository($"with packages {name}", Encode(Describe(bytes, bytes)), bytes, codes);
        }
    }

    private static string Describe(byte[] stored, byte[] open) => string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>
        <data type="primary">
        <checksum type="sha256">{Hash(stored)}</checksum>
        <open-checksum type="sha256">{Hash(open)}</open-checksum>
        <location href="{Location}"/>
        <size>{stored.Length}</size>
        <open-size>{open.Length}</open-size>
        </data></repomd>
        """);

    private static string Without(string index, string element) =>
        string.Join('\n', index.Split('\n').Where(line => !line.StartsWith($"<{element}", StringComparison.Ordinal)));

    private static string Bomb(string root, string document)
    {
        var entities = string.Concat(Enumerable.Range(0, 25).Select(i => $"<!ENTITY {(char)('a' + i + 1)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i)};", 10))}\">"));
        return $"<!DOCTYPE {root} [<!ENTITY a \"aaaaaaaaaa\">{entities}]>{document[document.IndexOf($"<{root}", StringComparison.Ordinal)..]}";
    }

    private static string Nest(string element) => string.Concat(Enumerable.Repeat($"<{element}>", 200_000));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);
}
