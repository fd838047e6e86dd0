namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>
/// Shell patterns: POSIX.1-2017, "Shell Command Language", section 2.13. A backslash before a character takes its meaning away.
/// </summary>
internal static class ShellPattern
{
    /// <summary>Whether a pattern could match anything but itself.</summary>
    public static bool HasWildcard(ReadOnlySpan<char> pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] is '*' or '?' or '[')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the backslashes out of a pattern that has no wildcard.</summary>
    public static string Unescape(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal))
        {
            return pattern;
        }

        var text = new System.Text.StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
            }

            text.Append(pattern[i]);
        }

        return text.ToString();
    }

    /// <summary>Whether a whole text matches a pattern.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // Greedy with one point to come back to: a later star makes an earlier one's choice irrelevant.
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && MatchOne(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    // Advances the position only when the character matches.
    private static bool MatchOne(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        switch (pattern[position])
        {
            case '?':
                position++;
                return true;
            case '[':
                return MatchBracket(pattern, ref position, c);
            case '\\' when position + 1 < pattern.Length:
                if (pattern[position + 1] != c)
                {
                    return false;
                }

                position += 2;
                return true;
            default:
                if (pattern[position] != c)
                {
                    return false;
                }

                position++;
                return true;
        }
    }

    private static bool MatchBracket(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        var i = position + 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        i += negated ? 1 : 0;
        var (matched, first) = (false, true);
        for (; i < pattern.Length && (first || pattern[i] != ']'); i++)
        {
            first = false;
            if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] is ':' or '.' or '=')
            {
                matched |= MatchClass(pattern, ref i, c);
                continue;
            }

            i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
            var low = pattern[i];
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                i += pattern[i + 2] == '\\' && i + 3 < pattern.Length ? 3 : 2;
                matched |= c >= low && c <= pattern[i];
            }
            else
            {
                matched |= low == c;
            }
        }

        if (i >= pattern.Length)
        {
            // No closing bracket: the opening one stands for itself.
            if (c != '[')
            {
                return false;
            }

            position++;
            return true;
        }

        if (matched == negated)
        {
            return false;
        }

        position = i + 1;
        return true;
    }

    // "[:name:]", as far as the characters of ASCII go; the position is left on its last character.
    private static bool MatchClass(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        var length = pattern[(position + 2)..].IndexOf(":]");
        if (pattern[position + 1] != ':' || length < 0 || c > 127)
        {
            throw new UnsupportedScriptException("a class of characters in a pattern");
        }

        var name = pattern.Slice(position + 2, length);
        position += length + 3;
        return name switch
        {
            "alpha" => char.IsAsciiLetter(c),
            "digit" => char.IsAsciiDigit(c),
            "alnum" => char.IsAsciiLetterOrDigit(c),
            "upper" => char.IsAsciiLetterUpper(c),
            "lower" => char.IsAsciiLetterLower(c),
            "space" => c is ' ' or (>= '\t' and <= '\r'),
            "blank" => c is ' ' or '\t',
            "xdigit" => char.IsAsciiHexDigit(c),
            "punct" => char.IsPunctuation(c) || char.IsSymbol(c),
            _ => throw new UnsupportedScriptException("a class of characters in a pattern"),
        };
    }
}
