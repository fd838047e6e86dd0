using NodeImage.Rpm.Repositories;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// Knows which packages own a file that <c>primary.xml</c> does not list: usually a reader of <c>filelists.xml</c>, which is big
/// and needed only when a package asks for an unusual path.
/// </summary>
public interface IFileOwnerSource
{
    /// <summary>Finds the owners of a path. It is asked at most once for a path, and only when no package is known to own it.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>The packages that own it, being objects that were given to the pool; others are passed over.</returns>
    IEnumerable<RepositoryPackage> FindOwners(string path);
}
