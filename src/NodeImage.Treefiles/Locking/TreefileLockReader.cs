using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Locking;

/// <summary>Reads lock files of rpm-ostree, and overrides of them. Members that rpm-ostree does not know are errors, as to rpm-ostree.</summary>
public static partial class TreefileLockReader
{
    /// <summary>Reads a lock file, JSON or YAML by its name.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The lock.</returns>
    /// <exception cref="DiagnosticException">It is no lock file.</exception>
    public static TreefileLock Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (DocumentReader.Read(bytes, path) is not MapValue document)
        {
            throw new DiagnosticException(TreefileDiagnostics.LockMalformed.In(new SourcePlace(path, 1, 1), Path.GetFileName(path), "it is no mapping"));
        }

        Members("", document, "metadata", "packages");
        var metadata = Map("metadata", document.Find("metadata"));
        Members("metadata", metadata, "generated", "rpmmd_repos");
        return new TreefileLock
        {
            Generated = Text("metadata.generated", metadata?.Find("generated")),
            Repositories = (Map("metadata.rpmmd_repos", metadata?.Find("rpmmd_repos"))?.Entries ?? []).ToImmutableSortedDictionary(
                entry => entry.Name,
                entry => Generated(entry),
                StringComparer.Ordinal),
            Packages = (Map("packages", document.Find("packages"))?.Entries ?? []).ToImmutableSortedDictionary(entry => entry.Name, Package, StringComparer.Ordinal),
        };
    }

    private static string Generated(MapEntry repository)
    {
        var map = Map(repository.Name, repository.Value);
        Members(repository.Name, map, "generated");
        return Text(repository.Name, map?.Find("generated")) ?? throw Bad(repository.Value, repository.Name, "it lacks 'generated'");
    }

    private static TreefileLockPackage Package(MapEntry entry)
    {
        var map = Map(entry.Name, entry.Value) ?? throw Bad(entry.Value, entry.Name, "it says nothing");
        Members(entry.Name, map, "evr", "evra", "digest", "metadata");
        var (evr, evra) = (Text(entry.Name, map.Find("evr")), Text(entry.Name, map.Find("evra")));
        if (evr is null == evra is null)
        {
            throw Bad(map, entry.Name, "it needs one of 'evr' and 'evra'");
        }

        var dot = evra?.LastIndexOf('.') ?? -1;
        var package = evr is not null ? new TreefileLockPackage(evr, null)
            : dot > 0 && dot < evra!.Length - 1 ? new TreefileLockPackage(evra[..dot], evra[(dot + 1)..])
            : throw Bad(map, entry.Name, $"'{evra}' has no architecture");
        if (!Evr().IsMatch(package.Evr))
        {
            throw Bad(map, entry.Name, $"'{package.Evr}' is no [EPOCH:]VERSION-RELEASE");
        }

        var digest = Text(entry.Name, map.Find("digest"));
        if (digest is not null && !Digest().IsMatch(digest))
        {
            throw Bad(map, entry.Name, $"'{digest}' is no digest such as sha256:...");
        }

        return package with
        {
            Digest = digest,
            Metadata = (Map($"{entry.Name}.metadata", map.Find("metadata"))?.Entries ?? [])
                .Where(member => member.Value is not NullValue)
                .ToImmutableSortedDictionary(member => member.Name, member => member.Value.ToString()!, StringComparer.Ordinal),
        };
    }

    private static MapValue? Map(string name, TreefileValue? value) => value switch
    {
        null or NullValue => null,
        MapValue map => map,
        _ => throw Bad(value, name, $"it must be a mapping, but is {value.Kind}"),
    };

    private static string? Text(string name, TreefileValue? value) => value switch
    {
        null => null,
        TextValue text => text.Text,

        // A version such as 1.0 without a release would be one; it is refused below.
        NumberValue number => number.Text,
        _ => throw Bad(value, name, $"it must be a text, but is {value.Kind}"),
    };

    private static void Members(string name, MapValue? map, params string[] known)
    {
        if (map?.Entries.FirstOrDefault(entry => !known.Contains(entry.Name)) is { } unknown)
        {
            throw new DiagnosticException(TreefileDiagnostics.LockMalformed.In(unknown.NamePlace, name.Length == 0 ? unknown.Name : $"{name}.{unknown.Name}", $"it is not known.{NearNames.Ask(unknown.Name, known)}".TrimEnd('?', '.')));
        }
    }

    private static DiagnosticException Bad(TreefileValue value, string name, string what) => new(TreefileDiagnostics.LockMalformed.In(value.Place, name, what));

    [GeneratedRegex("^(?:[0-9]{1,10}:)?[^\\s:-]+-[^\\s:-]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Evr();

    [GeneratedRegex("^[a-z0-9]+:[0-9a-f]{32,128}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Digest();
}
