namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>
/// <c>{a,b}</c>, which bash expands first of all, under the name of <c>sh</c> too. (Bash reference manual, "Brace Expansion".)
/// </summary>
internal static class BraceExpansion
{
    private const int MaxWords = 10_000;

    /// <summary>Expands a word into the words that its braces stand for.</summary>
    public static IReadOnlyList<Word> Expand(Word word)
    {
        if (!word.Parts.Any(part => part is LiteralPart { Quoted: false } literal && literal.Text.Contains('{', StringComparison.Ordinal)))
        {
            return [word];
        }

        var atoms = word.Parts.SelectMany(part => part is LiteralPart { Quoted: false } literal
            ? literal.Text.Select(c => new Atom(c, null))
            : [new Atom('\0', part)]).ToArray();
        var count = 0;
        return [.. Expand(atoms, ref count).ConvertAll(Join)];
    }

    private static List<Atom[]> Expand(ReadOnlySpan<Atom> atoms, ref int count)
    {
        for (var open = 0; open < atoms.Length; open++)
        {
            if (atoms[open].C != '{' || FindEnd(atoms, open, out var commas) is not { } close)
            {
                continue;
            }

            if (commas.Count == 0)
            {
                if (IsRange(atoms[(open + 1)..close]))
                {
                    throw new UnsupportedScriptException("a range in braces");
                }

                continue;
            }

            var tails = Expand(atoms[(close + 1)..], ref count);
            var words = new List<Atom[]>();
            var start = open + 1;
            foreach (var comma in commas.Append(close))
            {
                foreach (var middle in Expand(atoms[start..comma], ref count))
                {
                    foreach (var tail in tails)
                    {
                        if (middle is [.., { Part: ParameterPart { Quoted: false, Operator: "" } }] && tail is [var next, ..] && (char.IsAsciiLetterOrDigit(next.C) || next.C == '_'))
                        {
                            // To bash, which joins them as text, it is a variable of a longer name.
                            throw new UnsupportedScriptException("a variable at the end of braces");
                        }

                        count += atoms.Length;
                        words.Add(count / 16 <= MaxWords ? [.. atoms[..open], .. middle, .. tail] : throw new UnsupportedScriptException("braces that stand for too many words"));
                    }
                }

                start = comma + 1;
            }

            return words;
        }

        return [atoms.ToArray()];
    }

    private static int? FindEnd(ReadOnlySpan<Atom> atoms, int open, out List<int> commas)
    {
        commas = [];
        var depth = 0;
        for (var i = open; i < atoms.Length; i++)
        {
            depth += atoms[i].C switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }

            if (depth == 1 && atoms[i].C == ',')
            {
                commas.Add(i);
            }
        }

        return null;
    }

    private static bool IsRange(ReadOnlySpan<Atom> atoms)
    {
        for (var i = 0; i + 1 < atoms.Length; i++)
        {
            if (atoms[i].C == '.' && atoms[i + 1].C == '.')
            {
                return true;
            }
        }

        return false;
    }

    private static Word Join(Atom[] atoms)
    {
        var parts = new List<WordPart>();
        for (var i = 0; i < atoms.Length;)
        {
            if (atoms[i].Part is { } part)
            {
                parts.Add(part);
                i++;
                continue;
            }

            var start = i;
            while (i < atoms.Length && atoms[i].Part is null)
            {
                i++;
            }

            parts.Add(new LiteralPart(new string([.. atoms[start..i].Select(atom => atom.C)]), false));
        }

        return new Word(parts);
    }

    /// <summary>A character of unquoted text, or a part of another kind.</summary>
    private readonly record struct Atom(char C, WordPart? Part);
}
