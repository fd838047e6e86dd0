using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using NodeImage.Compose.Libraries;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Core.Json;

namespace NodeImage.Tasks;

/// <summary>A place in a project file; 0 where a line or column is not known.</summary>
internal readonly record struct ItemPlace(string File, int Line, int Column)
{
    /// <summary>The library that brought the item, or null where it is the project's own.</summary>
    public string? Origin { get; init; }
}

/// <summary>
/// Finds the line at which an item stands. Items know only the file that defines them; the file is read again when, and
/// only when, there is something to say about one of its items.
/// </summary>
/// <param name="projectFile">The project, for what has no item.</param>
/// <param name="originsFile">What <see cref="Write"/> wrote, or null.</param>
internal sealed class ItemOrigins(string projectFile, string? originsFile)
{
    /// <summary>Notes which file defines each item, for the tasks that come later and do not see the items.</summary>
    public static void Write(string path, IEnumerable<(string ItemType, ITaskItem Item)> items)
    {
        var json = new JsonObject();
        foreach (var (itemType, item) in items)
        {
            var origin = item.GetMetadata(LibraryProps.Origin);
            var file = item.GetMetadata("OriginFile") is { Length: > 0 } other ? other : item.GetMetadata("DefiningProjectFullPath");
            json[Key(itemType, Normalize(item.ItemSpec))] = Number(item, "OriginLine") is > 0 and var line ? new JsonArray(file, null, line, Number(item, "OriginColumn")) : origin.Length == 0 ? file : new JsonArray(file, origin);
        }

        AtomicFile.WriteWhenDifferent(path, CanonicalJson.WriteCompact(json));
    }

    /// <summary>Finds the place of an item.</summary>
    public ItemPlace Locate(ItemReference? subject)
    {
        if (subject is null)
        {
            return new ItemPlace(projectFile, 0, 0);
        }

        var (file, origin, place) = Defined(subject);
        if (place is { } known)
        {
            return known;
        }

        if (file is null || file == projectFile)
        {
            return Find(projectFile, subject, FindElement);
        }

        // What another file brings and the project says more of (Update) is the project's to mend.
        var here = origin is null ? Find(projectFile, subject, FindNamed) : default;
        return here.Line > 0 ? here : IsSdk(file) ? FoundByDefault(subject) : Find(file, subject, FindElement) with { Origin = origin };
    }

    // Nobody has written such an item: it is the file that makes it.
    private ItemPlace FoundByDefault(ItemReference subject)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(projectFile)!, Normalize(subject.Identity)));
        return new ItemPlace(File.Exists(path) ? path : projectFile, 0, 0);
    }

    private static bool IsSdk(string file) => Path.GetFileName(file).StartsWith("NodeImage.", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(file)) == "targets";

    private static ItemPlace Find(string file, ItemReference subject, Func<IReadOnlyList<XElement>, ItemReference, XElement?> find)
    {
        try
        {
            List<XElement> elements = [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(element => element.Name.LocalName == subject.ItemType)];
            return find(elements, subject) is { } element && (IXmlLineInfo)element is var line && line.HasLineInfo()
                ? new ItemPlace(file, line.LineNumber, line.LinePosition - 1)
                : new ItemPlace(file, 0, 0);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            return new ItemPlace(file, 0, 0);
        }
    }

    /// <summary>Brings the ways to write one relative path to one: <c>./units\x.service</c> is <c>units/x.service</c>.</summary>
    internal static string Normalize(string identity)
    {
        var parts = new List<string>();
        foreach (var part in identity.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts is [.., not ("" or "..")])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static string Key(string itemType, string identity) => $"{itemType}|{identity}";

    private static int Number(ITaskItem item, string name) => int.TryParse(item.GetMetadata(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private (string? File, string? Origin, ItemPlace? Place) Defined(ItemReference subject)
    {
        if (originsFile is null || !File.Exists(originsFile))
        {
            return default;
        }

        // A line is known where no element of a project says the item, but a treefile.
        (string? file, string? origin, ItemPlace? place) = JsonNode.Parse(File.ReadAllBytes(originsFile))?[Key(subject.ItemType, Normalize(subject.Identity))] switch
        {
            JsonArray { Count: 4 } known => ((string?)known[0], (string?)null, (ItemPlace?)new ItemPlace((string)known[0]!, (int)known[2]!, (int)known[3]!)),
            JsonArray pair => ((string?)pair[0], (string?)pair[1], null),
            JsonValue value => ((string?)value, null, null),
            _ => (null, null, null),
        };
        return (string.IsNullOrEmpty(file) ? null : file, origin, place);
    }

    // The element that names the identity itself; else the first that computes what it includes. A property has no
    // identity: the last element sets it.
    private static XElement? FindElement(IReadOnlyList<XElement> elements, ItemReference subject) =>
        FindNamed(elements, subject)
            ?? elements.FirstOrDefault(element => Includes(element).Any(include => include.AsSpan().IndexOfAny("*?$@") >= 0))
            ?? elements.LastOrDefault(element => element.Parent?.Name.LocalName == "PropertyGroup");

    private static XElement? FindNamed(IReadOnlyList<XElement> elements, ItemReference subject)
    {
        var identity = Normalize(subject.Identity);
        return elements.FirstOrDefault(element => Includes(element).Any(include => Normalize(include).Equals(identity, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Includes(XElement element) =>
        ((string?)element.Attribute("Include") ?? (string?)element.Attribute("Update") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
