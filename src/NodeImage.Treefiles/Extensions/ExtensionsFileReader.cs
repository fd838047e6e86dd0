using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Extensions;

/// <summary>Reads lists of extensions.</summary>
public static class ExtensionsFileReader
{
    private static readonly string[] Members = ["packages", "repos", "architectures", "match-base-evr", "kind"];

    /// <summary>Reads a list of extensions.</summary>
    /// <param name="bytes">The file's bytes, YAML, or JSON where it is named so.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The extensions.</returns>
    /// <exception cref="DiagnosticException">It is none.</exception>
    public static ExtensionsFile Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (DocumentReader.Read(bytes, path, isYaml: !path.EndsWith(".json", StringComparison.Ordinal)) is not MapValue document)
        {
            throw new DiagnosticException(TreefileDiagnostics.ExtensionsMalformed.In(new SourcePlace(path, 1, 1), Path.GetFileName(path), "it is no mapping"));
        }

        RefuseUnknown(document, "repos", "extensions");
        var extensions = document.Find("extensions") as MapValue ?? throw Bad(document, "extensions", "it must be a mapping of extensions");
        return new ExtensionsFile
        {
            Repositories = Texts("repos", document.Find("repos")),
            Extensions = extensions.Entries.ToImmutableSortedDictionary(entry => entry.Name, Extension, StringComparer.Ordinal),
        };
    }

    private static ExtensionEntry Extension(MapEntry entry)
    {
        var map = entry.Value as MapValue ?? throw Bad(entry.Value, entry.Name, "it must be a mapping");
        RefuseUnknown(map, Members);
        if (map.Find("packages") is not { } packages)
        {
            throw Bad(map, entry.Name, "it lacks 'packages'");
        }

        return new ExtensionEntry(Packages($"{entry.Name}.packages", packages))
        {
            Repositories = Texts($"{entry.Name}.repos", map.Find("repos")),
            Architectures = Texts($"{entry.Name}.architectures", map.Find("architectures")),
            MatchBaseEvr = map.Find("match-base-evr") is { } match ? (match as TextValue)?.Text ?? throw Bad(match, $"{entry.Name}.match-base-evr", "it must be a text") : null,
            Kind = map.Find("kind") switch
            {
                null or TextValue { Text: "os-extension" } => ExtensionKind.OSExtension,
                TextValue { Text: "development" } => ExtensionKind.Development,
                { } other => throw Bad(other, $"{entry.Name}.kind", "it must be one of os-extension, development"),
            },
        };
    }

    // In order, for the order is the author's; names within one text are split as in a treefile.
    private static ImmutableArray<string> Packages(string name, TreefileValue value) =>
        [.. Texts(name, value).SelectMany(text => PackageNames.Split(text) ?? throw Bad(value, name, "a single quote is not ended")).Distinct(StringComparer.Ordinal)];

    private static ImmutableArray<string> Texts(string name, TreefileValue? value) => value switch
    {
        null => [],
        ListValue list when list.Items.All(item => item is TextValue) => [.. list.Texts],
        _ => throw Bad(value, name, "it must be a list of texts"),
    };

    private static void RefuseUnknown(MapValue map, params string[] known)
    {
        if (map.Entries.FirstOrDefault(entry => !known.Contains(entry.Name)) is { } unknown)
        {
            throw new DiagnosticException(TreefileDiagnostics.ExtensionsMalformed.In(unknown.NamePlace, unknown.Name, $"it is not known.{NearNames.Ask(unknown.Name, known)}".TrimEnd('.', '?')));
        }
    }

    private static DiagnosticException Bad(TreefileValue value, string name, string what) => new(TreefileDiagnostics.ExtensionsMalformed.In(value.Place, name, what));
}
