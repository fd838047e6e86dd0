using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Restoring;

/// <summary>Where a repository can be reached.</summary>
/// <param name="Definition">The repository.</param>
/// <param name="Bases">Its addresses, the best first; each ends in a slash.</param>
/// <param name="Metalink">What a metalink announced of its metadata, or null.</param>
internal sealed record RepositoryAddresses(RepositoryDefinition Definition, IReadOnlyList<Uri> Bases, Metalink? Metalink)
{
    /// <summary>The item, for diagnostics.</summary>
    public ItemReference Subject => new("RpmRepository", Definition.Id);

    /// <summary>All addresses of a file.</summary>
    /// <param name="location">Where it is in the repository.</param>
    /// <param name="locationBase">A base of its own, or null.</param>
    /// <exception cref="DiagnosticException">NI2009: it is not within the repository.</exception>
    public IReadOnlyList<Uri> Locate(string location, string? locationBase)
    {
        RepositoryLocation.Require(Definition.Id, location);

        // A repository on the network has no say over files of this machine.
        var bases = locationBase is not null && Parse(locationBase) is { } own && (!own.IsFile || Bases.All(address => address.IsFile)) ? [own] : Bases;
        return [.. bases.Select(address => address.IsFile ? new Uri(Path.Combine(address.LocalPath, location)) : new Uri(address, EscapeLocation(location)))];
    }

    /// <summary>Reads an address, which may be a folder's path.</summary>
    /// <returns>The address, or null where the text is none that is known.</returns>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(WithSlash(text), UriKind.Absolute, out var uri) && IsReadable(uri) ? uri : null;

    /// <summary>Whether files can be fetched from an address: <c>file:</c>, <c>http:</c> or <c>https:</c>.</summary>
    public static bool IsReadable(Uri address) => address.Scheme is "file" or "http" or "https";

    private static string WithSlash(string text) => text.EndsWith('/') ? text : text + "/";

    // A location is a path, not an address: what it has of an address's own signs must not be taken for such.
    private static string EscapeLocation(string location) => string.Join('/', location.Split('/').Select(Uri.EscapeDataString));
}
