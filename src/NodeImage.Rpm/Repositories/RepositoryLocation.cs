using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Repositories;

/// <summary>Sees to it that what a repository names lies within it.</summary>
public static class RepositoryLocation
{
    /// <summary>Whether a location stays within the repository, on every system that it may be joined to a folder's path on.</summary>
    /// <param name="location">The <c>href</c> of a file of metadata or of a package.</param>
    /// <returns>False for absolute paths, for those that go up with <c>..</c>, and for those with backslashes or control characters.</returns>
    public static bool IsInside(string location) =>
        location.Length > 0
        && !location.StartsWith('/')
        && !(location.Length > 1 && location[1] == ':' && char.IsAsciiLetter(location[0]))
        && !location.Contains('\\', StringComparison.Ordinal)
        && !location.Any(char.IsControl)
        && !location.Split('/').Contains("..");

    /// <summary>Refuses a location that leads out of its repository.</summary>
    /// <param name="repository">The repository's name, for messages.</param>
    /// <param name="location">The location.</param>
    /// <exception cref="DiagnosticException">NI2009: it leads out.</exception>
    public static void Require(string repository, string location)
    {
        if (!IsInside(location))
        {
            throw RepositoryDiagnostics.LocationOutside.Error(null, repository, location);
        }
    }
}
