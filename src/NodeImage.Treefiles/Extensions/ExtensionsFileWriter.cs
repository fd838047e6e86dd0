using System.Collections.Immutable;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Extensions;

/// <summary>Writes lists of extensions.</summary>
public static class ExtensionsFileWriter
{
    /// <summary>Writes a list of extensions.</summary>
    /// <param name="file">The extensions.</param>
    /// <param name="comment">A comment for its head, or null.</param>
    /// <returns>The file's text.</returns>
    public static string Write(ExtensionsFile file, string? comment = null)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        AddTexts(entries, "repos", file.Repositories);
        entries.Add(new MapEntry("extensions", new MapValue([.. file.Extensions.Select(pair => new MapEntry(pair.Key, Describe(pair.Value)))], null)));
        return YamlWriter.Write(new MapValue(entries.ToImmutable(), null), comment);
    }

    private static MapValue Describe(ExtensionEntry extension)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        if (extension.Kind == ExtensionKind.Development)
        {
            entries.Add(new MapEntry("kind", TreefileValue.Of("development")));
        }

        AddTexts(entries, "architectures", extension.Architectures);
        AddTexts(entries, "repos", extension.Repositories);
        entries.Add(new MapEntry("packages", TreefileValue.OfTexts(extension.Packages.Select(PackageNames.Join))));
        if (extension.MatchBaseEvr is { } match)
        {
            entries.Add(new MapEntry("match-base-evr", TreefileValue.Of(match)));
        }

        return new MapValue(entries.ToImmutable(), null);
    }

    private static void AddTexts(ImmutableArray<MapEntry>.Builder entries, string name, ImmutableArray<string> texts)
    {
        if (!texts.IsEmpty)
        {
            entries.Add(new MapEntry(name, TreefileValue.OfTexts(texts)));
        }
    }
}
