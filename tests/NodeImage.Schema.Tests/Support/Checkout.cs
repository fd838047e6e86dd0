using System.Xml.Linq;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its root.</summary>
    public static string Root => RepositoryFolder.Root;

    /// <summary>Its description of the SDK.</summary>
    public static SchemaDescription Schema { get; } = SchemaFile.Read(Root);

    /// <summary>A file or folder of it.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The files of MSBuild that the SDK consists of.</summary>
    public static IReadOnlyList<XDocument> Targets { get; } =
    [
        .. new[] { "sdk/Sdk", "sdk/targets" }.SelectMany(folder => Directory.EnumerateFiles(At(folder)))
            .Where(path => path.EndsWith(".props", StringComparison.Ordinal) || path.EndsWith(".targets", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => XDocument.Load(path)),
    ];

    /// <summary>Projects and files of MSBuild that the repository's users would write.</summary>
    public static IEnumerable<string> Projects() => new[] { "samples", "eng/bench" }
        .SelectMany(folder => Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories))
        .Where(path => Path.GetExtension(path) is ".osproj" or ".props" or ".targets")
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
