using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using NodeImage.Compose.Definition;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Libraries;

/// <summary>What a library brings for one target framework.</summary>
/// <param name="TargetFramework">The target framework.</param>
/// <param name="Items">The items, with paths relative to the framework's folder in the package.</param>
public sealed record LibraryContent(string TargetFramework, ImmutableArray<LibraryItem> Items)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <returns>The content.</returns>
    public static LibraryContent Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, LibraryJsonContext.Default.LibraryContent)!;

    /// <summary>Writes the content, for what puts several frameworks' together.</summary>
    /// <returns>The file's bytes.</returns>
    public byte[] Write() => CanonicalJson.Write(this, LibraryJsonContext.Default.LibraryContent);
}

/// <summary>Writes the MSBuild file by which a NuGet package gives an image its items.</summary>
public static class LibraryProps
{
    /// <summary>The folder in the package that has a folder for each target framework.</summary>
    public const string ContentFolder = "nodeimage";

    /// <summary>The metadata that says which library an item comes from.</summary>
    public const string Origin = "Origin";

    /// <summary>Writes the file.</summary>
    /// <param name="packageId">The package's name.</param>
    /// <param name="packageVersion">The package's version.</param>
    /// <param name="contents">What it brings for each target framework.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(string packageId, string packageVersion, IReadOnlyList<LibraryContent> contents)
    {
        var groups = contents.OrderBy(content => content.TargetFramework, StringComparer.Ordinal).Select(content => new XElement(
            "ItemGroup",
            new XAttribute("Condition", $"'$(UsingNodeImageSdk)' == 'true' and {Condition(content.TargetFramework, [.. contents.Select(other => other.TargetFramework)])}"),
            content.Items.Select(item => Element(item, content.TargetFramework, $"{packageId} {packageVersion}"))));
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false) };
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            new XElement("Project", groups).Save(writer);
        }

        return bytes.ToArray();
    }

    /// <summary>When an image takes what a library has for a target framework: where that is the nearest of its own release or older.</summary>
    private static string Condition(string own, IReadOnlyList<string> all)
    {
        if (!OSRelease.TryParse(own, out var release) || own[0] != 'r')
        {
            return $"'$(TargetFramework)' == '{own}'";
        }

        var start = string.Create(CultureInfo.InvariantCulture, $"rhel{release.Major}.");
        var next = all
            .Select(other => OSRelease.TryParse(other, out var parsed) && other.StartsWith(start, StringComparison.Ordinal) ? parsed.Minor : int.MaxValue)
            .Where(minor => minor > release.Minor)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
        var from = string.Create(CultureInfo.InvariantCulture, $"$(TargetFramework.StartsWith('{start}')) and $([MSBuild]::VersionGreaterThanOrEquals($(TargetFramework.Replace('rhel', '')), '{release.Major}.{release.Minor}'))");
        return next == int.MaxValue
            ? from
            : string.Create(CultureInfo.InvariantCulture, $"{from} and $([MSBuild]::VersionLessThan($(TargetFramework.Replace('rhel', '')), '{release.Major}.{next}'))");
    }

    private static XElement Element(LibraryItem item, string targetFramework, string origin)
    {
        var kind = LibraryItemKind.All.First(kind => kind.ItemType == item.ItemType);
        var isFile = kind.IsFile(item.Identity) || item.ItemType == LibraryItemKind.Overlay;
        var include = isFile ? $"$(MSBuildThisFileDirectory)../{ContentFolder}/{targetFramework}/{Escape(item.Identity)}" : Escape(item.Identity);
        return new XElement(
            item.ItemType,
            new XAttribute("Include", include),
            item.Metadata.Select(metadata => new XAttribute(metadata.Key, Escape(metadata.Value))),
            new XAttribute(Origin, Escape(origin)));
    }

    // What MSBuild would take for more than text.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append("%*?@$();'".Contains(c, StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString());
        }

        return escaped.ToString();
    }
}
