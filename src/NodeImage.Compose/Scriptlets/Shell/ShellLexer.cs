using System.Text;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>An operator, such as <c>&amp;&amp;</c>.</summary>
    Operator,

    /// <summary>The end of a line.</summary>
    NewLine,

    /// <summary>The end of the script.</summary>
    End,
}

/// <summary>A token; an operator or a plain word has its text, a descriptor's number stands before a redirection.</summary>
internal sealed record Token(TokenKind Kind, string Text, Word? Word = null, int? Descriptor = null);

/// <summary>Cuts a script into tokens: POSIX.1-2017, "Shell Command Language", section 2.3.</summary>
internal sealed class ShellLexer
{
    // Longest first.
    private static readonly string[] Operators = ["<<-", "&>>", "&&", "||", ";;", "<<", ">>", "<&", ">&", ">|", "&>", "&", "|", ";", "<", ">", "(", ")"];

    private readonly string _text;
    private readonly Queue<PendingHereDocument> _hereDocuments = new();
    private int _position;

    public ShellLexer(string text) => _text = text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>Announces that a here-document begins after the current line.</summary>
    public PendingHereDocument ExpectHereDocument(Word delimiter, bool stripTabs)
    {
        var pending = new PendingHereDocument(delimiter, stripTabs);
        _hereDocuments.Enqueue(pending);
        return pending;
    }

    public Token Next()
    {
        SkipBlanks();
        if (_position >= _text.Length)
        {
            return new Token(TokenKind.End, "");
        }

        if (Current == '\n')
        {
            _position++;
            ReadHereDocuments();
            return new Token(TokenKind.NewLine, "\n");
        }

        var digits = 0;
        while (_position + digits < _text.Length && char.IsAsciiDigit(_text[_position + digits]))
        {
            digits++;
        }

        if (digits is 1 && _position + digits < _text.Length && _text[_position + digits] is '<' or '>')
        {
            var descriptor = Current - '0';
            _position++;
            return new Token(TokenKind.Operator, ReadOperator()!, null, descriptor);
        }

        return ReadOperator() is { } op ? new Token(TokenKind.Operator, op) : ReadWordToken();
    }

    /// <summary>Reads a word up to an unquoted end; used for the insides of braces too.</summary>
    private Word ReadWord(Func<char, bool> ends)
    {
        var parts = new List<WordPart>();
        var literal = new StringBuilder();
        while (_position < _text.Length && !ends(Current))
        {
            switch (Current)
            {
                case '\\':
                    _position++;
                    if (Current == '\n')
                    {
                        _position++;
                        break;
                    }

                    Flush(parts, literal, quoted: false);
                    parts.Add(new LiteralPart(Take().ToString(), true));
                    break;
                case '\'':
                    Flush(parts, literal, quoted: false);
                    parts.Add(new LiteralPart(ReadSingleQuoted(), true));
                    break;
                case '"':
                    Flush(parts, literal, quoted: false);
                    ReadDoubleQuoted(parts);
                    break;
                case '$' or '`':
                    Flush(parts, literal, quoted: false);
                    parts.Add(ReadExpansion(quoted: false));
                    break;
                default:
                    literal.Append(Take());
                    break;
            }
        }

        Flush(parts, literal, quoted: false);
        return new Word(parts);
    }

    private Token ReadWordToken()
    {
        var word = ReadWord(c => char.IsWhiteSpace(c) || c is '&' or '|' or ';' or '<' or '>' or '(' or ')');
        var plain = word.Parts.All(part => part is LiteralPart { Quoted: false });
        return new Token(TokenKind.Word, plain ? word.Literal! : "", word);
    }

    private string ReadSingleQuoted()
    {
        var end = _text.IndexOf('\'', _position + 1);
        if (end < 0)
        {
            throw new UnsupportedScriptException("a quote that is not closed");
        }

        var text = _text[(_position + 1)..end];
        _position = end + 1;
        return text;
    }

    private void ReadDoubleQuoted(List<WordPart> parts)
    {
        _position++;
        var before = parts.Count;
        ReadQuotedUntil(parts, c => c == '"');
        if (_position >= _text.Length)
        {
            throw new UnsupportedScriptException("a quote that is not closed");
        }

        _position++;
        if (parts.Count == before)
        {
            parts.Add(new LiteralPart("", true));
        }
    }

    private void ReadQuotedUntil(List<WordPart> parts, Func<char, bool> ends)
    {
        var literal = new StringBuilder();
        while (_position < _text.Length && !ends(Current))
        {
            if (Current == '\\' && _position + 1 < _text.Length && _text[_position + 1] is '$' or '`' or '"' or '\\' or '\n')
            {
                _position++;
                if (Take() is var c && c != '\n')
                {
                    literal.Append(c);
                }
            }
            else if (Current is '$' or '`')
            {
                Flush(parts, literal, quoted: true);
                parts.Add(ReadExpansion(quoted: true));
            }
            else
            {
                literal.Append(Take());
            }
        }

        Flush(parts, literal, quoted: true);
    }

    private WordPart ReadExpansion(bool quoted)
    {
        if (Current == '`')
        {
            return ReadBackquoted(quoted);
        }

        _position++;
        if (Current == '(')
        {
            return ReadCommandSubstitution(quoted);
        }

        if (Current == '{')
        {
            _position++;
            return ReadBracedParameter(quoted);
        }

        var name = ReadParameterName();
        return name.Length == 0 ? new LiteralPart("$", true) : new ParameterPart(name, "", null, quoted);
    }

    private string ReadParameterName()
    {
        if (Current is '@' or '*' or '#' or '?' or '$' or '!' or '-' || char.IsAsciiDigit(Current))
        {
            return Take().ToString();
        }

        var start = _position;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
        {
            _position++;
        }

        return _text[start.._position];
    }

    private ParameterPart ReadBracedParameter(bool quoted)
    {
        if (Current == '#' && _position + 1 < _text.Length && _text[_position + 1] != '}')
        {
            throw new UnsupportedScriptException("the length of a variable");
        }

        var name = ReadParameterName();
        var op = new StringBuilder();
        if (Current == ':')
        {
            op.Append(Take());
        }

        if (Current is '-' or '+' or '=' or '?' or '#' or '%')
        {
            op.Append(Take());
            if (Current is '#' or '%' && Current == op[^1])
            {
                op.Append(Take());
            }
        }

        var argument = op.Length > 0 ? ReadWord(c => c == '}') : null;
        if (Current != '}' || name.Length == 0)
        {
            throw new UnsupportedScriptException("a kind of expansion in braces");
        }

        _position++;
        return new ParameterPart(name, op.ToString(), argument, quoted);
    }

    private CommandPart ReadCommandSubstitution(bool quoted)
    {
        if (_position + 1 < _text.Length && _text[_position + 1] == '(')
        {
            throw new UnsupportedScriptException("arithmetic");
        }

        // The end of the substitution is where its own grammar ends, not the next parenthesis.
        _position++;
        var inner = new ShellLexer(_text[_position..]);
        var command = new ShellParser(inner).ParseUntilParenthesis();
        _position += inner._position;
        return new CommandPart(command, quoted);
    }

    private CommandPart ReadBackquoted(bool quoted)
    {
        var inner = new StringBuilder();
        _position++;
        while (Current != '`')
        {
            if (_position >= _text.Length)
            {
                throw new UnsupportedScriptException("a quote that is not closed");
            }

            if (Current == '\\' && _position + 1 < _text.Length && _text[_position + 1] is '`' or '\\' or '$')
            {
                _position++;
            }

            inner.Append(Take());
        }

        _position++;
        return new CommandPart(ShellParser.Parse(inner.ToString()), quoted);
    }

    private void ReadHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var pending))
        {
            var delimiter = pending.Delimiter.Literal ?? throw new UnsupportedScriptException("a here-document with a computed end");
            var text = new StringBuilder();
            while (true)
            {
                if (_position >= _text.Length)
                {
                    throw new UnsupportedScriptException("a here-document that does not end");
                }

                var end = _text.IndexOf('\n', _position);
                end = end < 0 ? _text.Length : end;
                var line = _text[_position..end];
                _position = Math.Min(end + 1, _text.Length);
                line = pending.StripTabs ? line.TrimStart('\t') : line;
                if (line == delimiter)
                {
                    break;
                }

                text.Append(line).Append('\n');
            }

            pending.Content = pending.Delimiter.Parts.Any(part => part.Quoted)
                ? new Word([new LiteralPart(text.ToString(), true)])
                : ExpandableText(text.ToString());
        }
    }

    private static Word ExpandableText(string text)
    {
        var parts = new List<WordPart>();
        new ShellLexer(text).ReadQuotedUntil(parts, _ => false);
        return new Word(parts);
    }

    private static void Flush(List<WordPart> parts, StringBuilder literal, bool quoted)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(literal.ToString(), quoted));
            literal.Clear();
        }
    }

    private string? ReadOperator()
    {
        foreach (var op in Operators)
        {
            if (string.CompareOrdinal(_text, _position, op, 0, op.Length) == 0)
            {
                _position += op.Length;
                return op;
            }
        }

        return null;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (Current is ' ' or '\t')
            {
                _position++;
            }
            else if (Current == '\\' && _position + 1 < _text.Length && _text[_position + 1] == '\n')
            {
                _position += 2;
            }
            else if (Current == '#')
            {
                var end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else
            {
                break;
            }
        }
    }

    private char Take() => _position < _text.Length ? _text[_position++] : throw new UnsupportedScriptException("a script that ends in the middle of a word");
}

/// <summary>A here-document whose text comes after the line that announces it.</summary>
internal sealed class PendingHereDocument(Word delimiter, bool stripTabs)
{
    public Word Delimiter => delimiter;

    public bool StripTabs => stripTabs;

    public Word? Content { get; set; }
}
