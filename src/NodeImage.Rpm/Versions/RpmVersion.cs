namespace NodeImage.Rpm.Versions;

/// <summary>The ordering of version and release strings, as <c>rpmvercmp</c> in rpm's <c>rpmio/rpmvercmp.c</c> defines it.</summary>
public static class RpmVersion
{
    /// <summary>Compares two version or two release strings.</summary>
    /// <param name="left">One string.</param>
    /// <param name="right">The other.</param>
    /// <returns>Less than, equal to or more than zero as <paramref name="left"/> sorts before, with or after <paramref name="right"/>.</returns>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            left = SkipSeparators(left);
            right = SkipSeparators(right);

            // A tilde sorts before everything, the end of the string included; a caret after the end only.
            if (Starts(left, '~') || Starts(right, '~'))
            {
                if (!Starts(left, '~') || !Starts(right, '~'))
                {
                    return Starts(left, '~') ? -1 : 1;
                }

                left = left[1..];
                right = right[1..];
                continue;
            }

            if (Starts(left, '^') || Starts(right, '^'))
            {
                if (left.IsEmpty || right.IsEmpty)
                {
                    return left.IsEmpty ? -1 : 1;
                }

                if (!Starts(left, '^') || !Starts(right, '^'))
                {
                    return Starts(left, '^') ? -1 : 1;
                }

                left = left[1..];
                right = right[1..];
                continue;
            }

            if (left.IsEmpty || right.IsEmpty)
            {
                return left.Length.CompareTo(right.Length);
            }

            var order = CompareSegment(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static int CompareSegment(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var numeric = char.IsAsciiDigit(left[0]);
        var a = TakeSegment(ref left, numeric);
        var b = TakeSegment(ref right, numeric);
        if (b.IsEmpty)
        {
            // Segments of different kinds: the numeric one is the newer.
            return numeric ? 1 : -1;
        }

        if (!numeric)
        {
            return Math.Sign(a.SequenceCompareTo(b));
        }

        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : Math.Sign(a.SequenceCompareTo(b));
    }

    private static ReadOnlySpan<char> TakeSegment(ref ReadOnlySpan<char> text, bool numeric)
    {
        var length = 0;
        while (length < text.Length && (numeric ? char.IsAsciiDigit(text[length]) : char.IsAsciiLetter(text[length])))
        {
            length++;
        }

        var segment = text[..length];
        text = text[length..];
        return segment;
    }

    private static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && !char.IsAsciiLetterOrDigit(text[start]) && text[start] is not ('~' or '^'))
        {
            start++;
        }

        return text[start..];
    }

    private static bool Starts(ReadOnlySpan<char> text, char first) => !text.IsEmpty && text[0] == first;
}
