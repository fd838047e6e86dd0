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
            .Select(name => (Name: name, Distance: Distance(folded, Fold(name), limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(MaxSuggestions)
            .Select(candidate => candidate.Name)];
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('_', '-');

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbour; more than the limit where it is passed.</summary>
    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return limit + 1;
        }

        var before = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1];
                current[j] = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }

                least = Math.Min(least, current[j]);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            (before, last, current) = (last, current, before);
        }

        return last[right.Length];
    }
}
