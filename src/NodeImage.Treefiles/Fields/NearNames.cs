using NodeImage.Core.Text;

namespace NodeImage.Treefiles.Fields;

/// <summary>What someone may have meant who wrote a name that there is not.</summary>
public static class NearNames
{
    private const int MostSlips = 2;

    /// <summary>Finds the nearest name. One slip in three letters is forgiven, and two at most; <c>_</c> is as good as <c>-</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="names">The names that there are.</param>
    /// <returns>The name, or null where none is near.</returns>
    public static string? Find(string name, IEnumerable<string> names)
    {
        var limit = Math.Clamp(name.Length / 3, 1, MostSlips);
        var folded = Fold(name);
        return names.Select(candidate => (Name: candidate, Distance: EditDistance.Between(folded, Fold(candidate), limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Asks whether the nearest name is meant.</summary>
    /// <param name="name">The name.</param>
    /// <param name="names">The names that there are.</param>
    /// <returns>The question with a space before it, or nothing where none is near.</returns>
    public static string Ask(string name, IEnumerable<string> names) => Find(name, names) is { } near ? $" Did you mean '{near}'?" : "";

    private static string Fold(string name) => name.ToLowerInvariant().Replace('_', '-');
}
