using NodeImage.Core.IO;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>
/// Writes the metadata of a repository: <c>repomd.xml</c> and what it names, <c>primary</c>, <c>filelists</c> and <c>other</c>, as
/// createrepo_c does. What is told of a package, and in which words, is what its <c>src/xml_dump_primary.c</c>,
/// <c>src/xml_dump_filelists.c</c> and <c>src/xml_dump_other.c</c> tell. The same packages and options give the same bytes.
/// </summary>
public static class RepositoryWriter
{
    /// <summary>The folder of the metadata within a repository.</summary>
    public const string MetadataFolder = "repodata";

    /// <summary>Writes the metadata of packages that lie, or are going to lie, in a folder.</summary>
    /// <param name="folder">The repository's folder. Its <c>repodata</c> is replaced as a whole; nothing else of it is touched.</param>
    /// <param name="packages">The packages, in any order.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it; what was there before stays then.</param>
    /// <returns>What <c>repomd.xml</c> says.</returns>
    /// <exception cref="ArgumentException">A location leads out of the repository, or two packages have the same one.</exception>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2302, NI2304 or NI2306: a package's header is malformed.</exception>
    public static RepositoryIndex Write(string folder, IEnumerable<PublishedPackage> packages, RepositoryWriterOptions options, CancellationToken cancellation)
    {
        var sorted = packages.OrderBy(package => package.Location, StringComparer.Ordinal).ToList();
        CheckLocations(sorted);
        Directory.CreateDirectory(folder);
        var aside = AtomicFile.NameAside(folder, MetadataFolder);
        try
        {
            Directory.CreateDirectory(aside);
            var index = WriteAll(aside, sorted, options, cancellation);
            Replace(Path.Combine(folder, MetadataFolder), aside);
            return index;
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void CheckLocations(List<PublishedPackage> sorted)
    {
        for (var i = 0; i < sorted.Count; i++)
        {
            if (!RepositoryLocation.IsInside(sorted[i].Location))
            {
                throw new ArgumentException($"The location '{sorted[i].Location}' is not within the repository.", nameof(sorted));
            }

            if (i > 0 && sorted[i].Location == sorted[i - 1].Location)
            {
                throw new ArgumentException($"Two packages have the location '{sorted[i].Location}'.", nameof(sorted));
            }
        }
    }

    private static RepositoryIndex WriteAll(string folder, List<PublishedPackage> packages, RepositoryWriterOptions options, CancellationToken cancellation)
    {
        using var primary = new MetadataDocument(folder, "primary", "metadata", MetadataNames.Common, packages.Count, options.Compression);
        using var fileLists = new MetadataDocument(folder, "filelists", "filelists", MetadataNames.FileLists, packages.Count, options.Compression);
        using var other = new MetadataDocument(folder, "other", "otherdata", MetadataNames.Other, packages.Count, options.Compression);
        foreach (var package in packages)
        {
            cancellation.ThrowIfCancellationRequested();
            PrimaryWriter.Write(primary.Xml, package);
            FileListsWriter.Write(fileLists.Xml, package);
            OtherWriter.Write(other.Xml, package, options.ChangelogLimit);
        }

        var index = new RepositoryIndex(
            options.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [.. new[] { primary, fileLists, other }.Select(document => document.Complete(options.Revision))]);
        RepositoryIndexWriter.Write(Path.Combine(folder, "repomd.xml"), index);
        return index;
    }

    // Whoever reads meanwhile sees the old folder, none, or the new one, and never a mixture.
    private static void Replace(string target, string aside)
    {
        var old = AtomicFile.NameAside(Path.GetDirectoryName(target)!, MetadataFolder + ".old");
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(aside, target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
