using NodeImage.Core.Text;

namespace NodeImage.Rpm.Solving;

/// <summary>Finds names that someone may have meant.</summary>
internal static class NameSuggestions
{
    private const int MaxSuggestions = 3;

    /// <summary>Finds names close to one that does not exist.</summary>
    /// <param name="wanted">The name.</param>
    /// <param name="names">The names there are.</param>
    /// <returns>Up to three names, the closest first.</returns>
    public static IReadOnlyList<string> Find(string wanted, IEnumerable<string> names)
    {
        // One slip in four letters is forgiven; a difference of case, or of dashes and underscores, is hardly one.
        var limit = Math.Clamp(wanted.Length / 4, 1, 3);
        var folded = Fold(wanted);
        return [.. names.Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Distance: EditDistance.Between(folded, Fold(name), limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(MaxSuggestions)
            .Select(candidate => candidate.Name)];
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('_', '-');
}
