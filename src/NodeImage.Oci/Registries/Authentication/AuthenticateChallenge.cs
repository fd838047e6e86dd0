using System.Collections.Immutable;
using System.Text;

namespace NodeImage.Oci.Registries.Authentication;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header: RFC 9110, section 11.6.1.</summary>
/// <param name="Scheme">The scheme in small letters, such as <c>bearer</c>.</param>
/// <param name="Parameters">Its parameters, by names in small letters; of one given twice, the first counts.</param>
internal sealed record AuthenticateChallenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    private const int LongestHeader = 1 << 13;

    /// <summary>A parameter, or null.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>Reads the challenges of a header.</summary>
    /// <param name="header">One line of the header.</param>
    /// <returns>The challenges, as far as the line makes sense.</returns>
    public static IReadOnlyList<AuthenticateChallenge> Parse(string header) =>
        header.Length > LongestHeader ? [] : new Reader(header).Read();

    private ref struct Reader(string text)
    {
        private int _at;

        public List<AuthenticateChallenge> Read()
        {
            var challenges = new List<AuthenticateChallenge>();
            SkipSeparators();
            while (Token() is { Length: > 0 } scheme)
            {
                challenges.Add(new AuthenticateChallenge(scheme.ToLowerInvariant(), Parameters()));
            }

            return challenges;
        }

        private ImmutableDictionary<string, string> Parameters()
        {
            var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            while (true)
            {
                SkipSeparators();
                var start = _at;
                var name = Token();
                SkipSpace();
                if (name.Length == 0 || _at == text.Length || text[_at] != '=')
                {
                    // No parameter, so the next scheme.
                    _at = start;
                    return parameters.ToImmutable();
                }

                _at++;
                SkipSpace();
                if (Value() is not { } value)
                {
                    _at = text.Length;
                    return parameters.ToImmutable();
                }

                parameters.TryAdd(name.ToLowerInvariant(), value);
            }
        }

        private string? Value()
        {
            if (_at == text.Length || text[_at] != '"')
            {
                var token = Token();
                while (_at < text.Length && text[_at] == '=')
                {
                    // The padding of a token68, which is no parameter of ours.
                    _at++;
                }

                return token;
            }

            var value = new StringBuilder();
            for (_at++; _at < text.Length; _at++)
            {
                switch (text[_at])
                {
                    case '"':
                        _at++;
                        return value.ToString();
                    case '\\' when _at + 1 < text.Length:
                        value.Append(text[++_at]);
                        break;
                    case var c:
                        value.Append(c);
                        break;
                }
            }

            return null;
        }

        private string Token()
        {
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || "!#$%&'*+-.^_`|~/:".Contains(text[_at], StringComparison.Ordinal)))
            {
                _at++;
            }

            return text[start.._at];
        }

        private void SkipSeparators()
        {
            while (_at < text.Length && text[_at] is (' ' or '\t' or ','))
            {
                _at++;
            }
        }

        private void SkipSpace()
        {
            while (_at < text.Length && text[_at] is (' ' or '\t'))
            {
                _at++;
            }
        }
    }
}
