using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Regular expressions of POSIX.1-2017, section 9, basic and extended, as the platform's own.</summary>
internal static class PosixRegex
{
    // Only expressions that refer back to their groups can take longer than their text; those are given up.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // Beyond it, looking for longer matches takes too long.
    private const int MaxMatch = 4096;

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alpha"] = "A-Za-z",
        ["digit"] = "0-9",
        ["alnum"] = "A-Za-z0-9",
        ["upper"] = "A-Z",
        ["lower"] = "a-z",
        ["space"] = @"\s",
        ["blank"] = @" \t",
        ["xdigit"] = "0-9A-Fa-f",
        ["punct"] = @"!-/:-@\[-`{-~",
    };

    /// <summary>Makes an expression.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="extended">Whether it is an extended one.</param>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <exception cref="UnsupportedScriptException">It uses what has no like here.</exception>
    public static Regex Compile(string pattern, bool extended, bool ignoreCase = false)
    {
        try
        {
            var translation = new Translation(pattern, extended);
            var text = translation.ToPlatform();
            var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None) | (translation.RefersBack ? RegexOptions.None : RegexOptions.NonBacktracking);
            return new Regex(text, options, Limit);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UnsupportedScriptException($"the expression '{pattern}'");
        }
    }

    /// <summary>Makes an expression that matches whole texts only.</summary>
    /// <exception cref="UnsupportedScriptException">It uses what has no like here.</exception>
    public static Regex CompileWhole(string pattern, bool extended, bool ignoreCase = false)
    {
        var part = Compile(pattern, extended, ignoreCase);
        return new Regex($"\\A(?:{part})\\z", part.Options, part.MatchTimeout);
    }

    /// <summary>Refuses a match that is not the longest at its place, as POSIX would have it.</summary>
    /// <param name="whole">The same expression for whole texts; null where every match is the longest.</param>
    /// <param name="match">The match.</param>
    /// <param name="text">The text in which it was found.</param>
    /// <exception cref="UnsupportedScriptException">There is a longer one.</exception>
    public static void RequireLongest(Regex? whole, Match match, string text)
    {
        for (var end = text.Length; whole is not null && end > match.Index + match.Length; end--)
        {
            if (end - match.Index > MaxMatch || whole.IsMatch(text.AsSpan(match.Index, end - match.Index)))
            {
                throw new UnsupportedScriptException($"the expression '{whole}', which can match in several ways");
            }
        }
    }

    private sealed class Translation(string pattern, bool extended)
    {
        private readonly StringBuilder _result = new();
        private int _position;

        public bool RefersBack { get; private set; }

        public string ToPlatform()
        {
            while (_position < pattern.Length)
            {
                var c = pattern[_position++];
                switch (c)
                {
                    case '\\':
                        Escaped();
                        break;
                    case '[':
                        Bracket();
                        break;
                    case '*' when AtStart() || (!extended && AfterAnchor()):
                        _result.Append("\\*");
                        break;
                    case '*' or '+' or '?' or '{' when extended && _position > 1 && pattern[_position - 2] is '*' or '+' or '?' or '}' or '(' && !IsEscaped(_position - 2):
                        throw new UnsupportedScriptException($"the expression '{pattern}'");
                    case '^' when !extended && !AtStart(1):
                        _result.Append("\\^");
                        break;
                    case '$' when !extended && _position < pattern.Length && !pattern.AsSpan(_position).StartsWith("\\)"):
                        _result.Append("\\$");
                        break;
                    case '(' or ')' or '{' or '}' or '+' or '?' or '|' when !extended:
                        _result.Append('\\').Append(c);
                        break;
                    case '.' or '*' or '^' or '$' or '(' or ')' or '{' or '}' or '+' or '?' or '|':
                        _result.Append(c);
                        break;
                    default:
                        _result.Append(Regex.Escape(c.ToString()));
                        break;
                }
            }

            return _result.ToString();
        }

        private bool AfterAnchor() => pattern[_position - 2] == '^' && (_position == 2 || pattern.AsSpan(0, _position - 2).EndsWith("\\("));

        private bool IsEscaped(int position) => position > 0 && pattern[position - 1] == '\\';

        private bool AtStart(int taken = 1) => _position == taken || pattern.AsSpan(0, _position - 1).EndsWith("\\(");

        private void Escaped()
        {
            if (_position >= pattern.Length)
            {
                throw new UnsupportedScriptException($"the expression '{pattern}'");
            }

            var c = pattern[_position++];
            if (!extended && c is '(' or ')' or '{' or '}' or '+' or '?' or '|')
            {
                _result.Append(c);
            }
            else if (c is >= '1' and <= '9')
            {
                RefersBack = true;
                _result.Append(CultureInfo.InvariantCulture, $"\\{c}(?:)");
            }
            else if (c is 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'n' or 't')
            {
                _result.Append('\\').Append(c);
            }
            else if (c is '<' or '>')
            {
                _result.Append("\\b");
            }
            else if (char.IsAsciiLetterOrDigit(c))
            {
                throw new UnsupportedScriptException($"the expression '{pattern}'");
            }
            else
            {
                _result.Append(Regex.Escape(c.ToString()));
            }
        }

        private void Bracket()
        {
            _result.Append('[');
            if (_position < pattern.Length && pattern[_position] == '^')
            {
                _result.Append('^');
                _position++;
            }

            var first = true;
            while (_position < pattern.Length && (first || pattern[_position] != ']'))
            {
                first = false;
                if (pattern.AsSpan(_position) is ['[', '.' or '=', ..])
                {
                    throw new UnsupportedScriptException($"the expression '{pattern}'");
                }

                if (pattern.AsSpan(_position).StartsWith("[:"))
                {
                    var end = pattern.IndexOf(":]", _position, StringComparison.Ordinal);
                    var name = end < 0 ? "" : pattern[(_position + 2)..end];
                    _result.Append(Classes.TryGetValue(name, out var characters) ? characters : throw new UnsupportedScriptException($"the expression '{pattern}'"));
                    _position = end + 2;
                    continue;
                }

                var c = pattern[_position++];
                _result.Append(c is '\\' or '[' or ']' ? $"\\{c}" : c.ToString());
            }

            if (_position >= pattern.Length)
            {
                throw new UnsupportedScriptException($"the expression '{pattern}'");
            }

            _position++;
            _result.Append(']');
        }
    }
}
