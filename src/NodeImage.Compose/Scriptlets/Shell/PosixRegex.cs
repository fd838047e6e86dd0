using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Regular expressions of POSIX.1-2017, section 9, basic and extended, as the platform's own.</summary>
internal static class PosixRegex
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

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
            var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            return new Regex(new Translation(pattern, extended).ToPlatform(), options, Limit);
        }
        catch (ArgumentException)
        {
            throw new UnsupportedScriptException($"the expression '{pattern}'");
        }
    }

    private sealed class Translation(string pattern, bool extended)
    {
        private readonly StringBuilder _result = new();
        private int _position;

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
                    case '*' when AtStart():
                        _result.Append("\\*");
                        break;
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
                _result.Append(CultureInfo.InvariantCulture, $"\\{c}(?:)");
            }
            else if (c is 'w' or 'W' or 's' or 'S' or 'b' or 'n' or 't')
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
