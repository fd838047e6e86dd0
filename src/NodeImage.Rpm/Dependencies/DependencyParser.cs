using System.Diagnostics.CodeAnalysis;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Dependencies;

/// <summary>
/// Reads dependencies as spec files and rpm headers write them. The grammar of the rich ones is that of
/// <c>rpmrichParse</c> in rpm's <c>lib/rpmds.c</c>.
/// </summary>
public static class DependencyParser
{
    // Deeper nesting occurs in no real package and would let a hostile one exhaust the stack.
    private const int MaxDepth = 64;

    /// <summary>Reads a plain dependency: a name, or a name, an operator and a version.</summary>
    /// <param name="text">The text, such as <c>glibc >= 2.34</c>.</param>
    /// <param name="dependency">The dependency, when the result is true.</param>
    /// <returns>Whether the text is a dependency.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Dependency? dependency)
    {
        dependency = null;
        var trimmed = text.Trim();
        if (trimmed.StartsWith('('))
        {
            dependency = TryParseRich(trimmed, out _) ? new Dependency(trimmed) : null;
            return dependency is not null;
        }

        var position = 0;
        if (ParseLeaf(trimmed, ref position) is not { } leaf || position != trimmed.Length)
        {
            return false;
        }

        dependency = leaf.Dependency;
        return true;
    }

    /// <summary>Reads a rich dependency, parentheses included.</summary>
    /// <param name="text">The text, such as <c>(a if b else c)</c>.</param>
    /// <param name="rich">The tree, when the result is true.</param>
    /// <returns>Whether the whole text is a rich dependency.</returns>
    public static bool TryParseRich(string text, [NotNullWhen(true)] out RichDependency? rich)
    {
        var position = 0;
        rich = ParseRich(text, ref position, 0);
        return rich is not null && position == text.Length;
    }

    private static RichDependency? ParseTerm(string text, ref int position, int depth)
    {
        SkipWhite(text, ref position);
        return position < text.Length && text[position] == '('
            ? ParseRich(text, ref position, depth + 1)
            : ParseLeaf(text, ref position);
    }

    private static RichDependency? ParseRich(string text, ref int position, int depth)
    {
        if (depth > MaxDepth || position >= text.Length || text[position] != '(')
        {
            return null;
        }

        position++;
        var terms = new List<RichDependency>();
        string? keyword = null;
        while (true)
        {
            if (ParseTerm(text, ref position, depth) is not { } term)
            {
                return null;
            }

            terms.Add(term);
            SkipWhite(text, ref position);
            if (position < text.Length && text[position] == ')')
            {
                position++;
                return Build(keyword, terms);
            }

            var next = ParseKeyword(text, ref position);
            if (next is null)
            {
                return null;
            }

            if (next == "else")
            {
                return keyword is "if" or "unless" && terms.Count == 2 ? ParseElse(text, ref position, depth, keyword, terms) : null;
            }

            // Only "and", "or" and "with" chain, and only with themselves.
            if (keyword is not null && (keyword != next || next is not ("and" or "or" or "with")))
            {
                return null;
            }

            keyword = next;
        }
    }

    private static RichDependency? ParseElse(string text, ref int position, int depth, string keyword, List<RichDependency> terms)
    {
        if (ParseTerm(text, ref position, depth) is not { } otherwise)
        {
            return null;
        }

        SkipWhite(text, ref position);
        if (position >= text.Length || text[position] != ')')
        {
            return null;
        }

        position++;
        return keyword == "if"
            ? new RichDependency.If(terms[0], terms[1], otherwise)
            : new RichDependency.Unless(terms[0], terms[1], otherwise);
    }

    private static RichDependency? Build(string? keyword, List<RichDependency> terms) => keyword switch
    {
        null => terms[0],
        "and" => new RichDependency.And(terms),
        "or" => new RichDependency.Or(terms),
        "with" => new RichDependency.With(terms),
        "without" => new RichDependency.Without(terms[0], terms[1]),
        "if" => new RichDependency.If(terms[0], terms[1], null),
        "unless" => new RichDependency.Unless(terms[0], terms[1], null),
        _ => null,
    };

    private static RichDependency.Leaf? ParseLeaf(string text, ref int position)
    {
        var name = TakeName(text, ref position);
        if (name.Length == 0)
        {
            return null;
        }

        var afterName = position;
        SkipWhite(text, ref position);
        var comparison = TakeOperator(text, ref position);
        if (comparison == DependencyFlags.Any)
        {
            position = afterName;
            return new RichDependency.Leaf(new Dependency(name));
        }

        SkipWhite(text, ref position);
        var version = TakeName(text, ref position);
        return version.Length == 0 ? null : new RichDependency.Leaf(new Dependency(name, comparison, Evr.Parse(version)));
    }

    // A name ends at white space, at a comma or at a closing parenthesis that it did not open: "config(x)" and "libc.so.6()(64bit)" are names.
    private static string TakeName(string text, ref int position)
    {
        var start = position;
        var open = 0;
        while (position < text.Length && !IsWhite(text[position]))
        {
            if (text[position] == '(')
            {
                open++;
            }
            else if (text[position] == ')' && open-- == 0)
            {
                break;
            }

            position++;
        }

        return text[start..position];
    }

    private static DependencyFlags TakeOperator(string text, ref int position)
    {
        var flags = DependencyFlags.Any;
        var start = position;
        while (position < text.Length && position - start < 2 && text[position] is '<' or '>' or '=')
        {
            flags |= text[position] switch
            {
                '<' => DependencyFlags.Less,
                '>' => DependencyFlags.Greater,
                _ => DependencyFlags.Equal,
            };
            position++;
        }

        return flags;
    }

    private static string? ParseKeyword(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiLetterLower(text[position]))
        {
            position++;
        }

        return text[start..position] is "and" or "or" or "if" or "unless" or "else" or "with" or "without"
            ? text[start..position]
            : null;
    }

    private static void SkipWhite(string text, ref int position)
    {
        while (position < text.Length && IsWhite(text[position]))
        {
            position++;
        }
    }

    private static bool IsWhite(char c) => char.IsWhiteSpace(c) || c == ',';
}
