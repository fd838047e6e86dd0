using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodeImage.Compose.Definition;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;

namespace NodeImage.Compose.Restoring.Indexing;

/// <summary>A package that a project could ask for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The newest version that can be chosen: version and release, with the epoch before them where there is one.</param>
/// <param name="Summary">One line that says what it is.</param>
/// <param name="Size">The size of its file in bytes.</param>
/// <param name="Repository">The repository that it comes from.</param>
public sealed record IndexedPackage(
    [property: JsonPropertyName("name"), JsonPropertyOrder(0)] string Name,
    [property: JsonPropertyName("version"), JsonPropertyOrder(1)] string Version,
    [property: JsonPropertyName("summary"), JsonPropertyOrder(2)] string Summary,
    [property: JsonPropertyName("size"), JsonPropertyOrder(3)] long Size,
    [property: JsonPropertyName("repository"), JsonPropertyOrder(4)] string Repository);

/// <summary>What a repository offers.</summary>
/// <param name="Definition">The repository.</param>
/// <param name="Metadata">The checksum of its list of packages, algorithm first; empty where it has none.</param>
/// <param name="Packages">Its packages.</param>
internal sealed record OfferedPackages(RepositoryDefinition Definition, string Metadata, IReadOnlyList<RepositoryPackage> Packages);

/// <summary>The packages that a project's repositories have for one architecture, for editors to complete names from.</summary>
/// <param name="Repositories">The repositories, each with the checksum of its list of packages.</param>
/// <param name="Packages">The packages, sorted by name.</param>
public sealed record PackageIndex(ImmutableSortedDictionary<string, string> Repositories, ImmutableArray<IndexedPackage> Packages)
{
    /// <summary>Makes an index of what repositories offer.</summary>
    /// <param name="offers">The repositories.</param>
    /// <param name="architecture">The image's architecture in rpm's words.</param>
    /// <returns>The index: of each name the package that the solver would look at first.</returns>
    internal static PackageIndex Of(IReadOnlyList<OfferedPackages> offers, string architecture)
    {
        var policy = ArchitecturePolicy.For(architecture);
        var best = new Dictionary<string, (OfferedPackages Offer, RepositoryPackage Package)>(StringComparer.Ordinal);
        foreach (var offer in offers)
        {
            foreach (var package in offer.Packages.Where(package => policy.Takes(package.Nevra.Architecture)))
            {
                if (!best.TryGetValue(package.Nevra.Name, out var known) || IsBetter((offer, package), known, architecture))
                {
                    best[package.Nevra.Name] = (offer, package);
                }
            }
        }

        return new PackageIndex(
            offers.ToImmutableSortedDictionary(offer => offer.Definition.Id, offer => offer.Metadata, StringComparer.Ordinal),
            [.. best.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Describe(pair.Value.Offer, pair.Value.Package))]);
    }

    // A repository of a better priority hides what others have of a name, be it newer.
    private static bool IsBetter((OfferedPackages Offer, RepositoryPackage Package) one, (OfferedPackages Offer, RepositoryPackage Package) other, string architecture)
    {
        var order = other.Offer.Definition.Priority.CompareTo(one.Offer.Definition.Priority);
        order = order != 0 ? order : one.Package.Nevra.Evr.CompareTo(other.Package.Nevra.Evr);
        order = order != 0 ? order : IsOf(one.Package, architecture).CompareTo(IsOf(other.Package, architecture));
        order = order != 0 ? order : other.Offer.Definition.Cost.CompareTo(one.Offer.Definition.Cost);
        return (order != 0 ? order : string.CompareOrdinal(other.Offer.Definition.Id, one.Offer.Definition.Id)) > 0;
    }

    private static bool IsOf(RepositoryPackage package, string architecture) => package.Nevra.Architecture == architecture;

    private static IndexedPackage Describe(OfferedPackages offer, RepositoryPackage package) =>
        new(package.Nevra.Name, package.Nevra.Evr.ToString(), string.Join(' ', package.Summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), package.PackageSize, offer.Definition.Id);
}
