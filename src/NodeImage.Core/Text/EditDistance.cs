namespace NodeImage.Core.Text;

/// <summary>How far two names are from each other, in slips of the pen.</summary>
public static class EditDistance
{
    /// <summary>
    /// Counts the letters to insert, delete, replace or swap with their neighbour to make one name of another (the optimal
    /// string alignment distance). Letters are compared by their code.
    /// </summary>
    /// <param name="left">One name.</param>
    /// <param name="right">The other.</param>
    /// <param name="limit">The distance from which on it does not matter how far they are apart; at least 0.</param>
    /// <returns>The distance, or <paramref name="limit"/> + 1 where it is more than <paramref name="limit"/>.</returns>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
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

        return Math.Min(last[right.Length], limit + 1);
    }
}
