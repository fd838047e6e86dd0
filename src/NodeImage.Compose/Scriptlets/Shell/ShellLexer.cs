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

    // Substitutions and braces within each other; a script's own nesting is the parser's to bound.
    private const int MaxDepth = 50;

    private readonly string _text;
    private readonly Queue<PendingHereDocument> _hereDocuments = new();
    private int _position;
    private int _depth;

    public ShellLexer(string text)
        : this(text, 0, 0)
    {
    }

    private ShellLexer(string text, int position, int depth)
    {
        _text = text;
        _position = position;
        _depth = depth <= MaxDepth ? depth : throw new UnsupportedScriptException("expansions nested too deep");
    }

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

        if (digits > 0 && _position + digits < _text.Length && _text[_position + digits] is '<' or '>')
        {
            // Only the first three descriptors are known; the number of any other need not be exact.
            var descriptor = digits == 1 ? Current - '0' : int.MaxValue;
            _position += digits;
            return new Token(TokenKind.Operator, ReadOperator()!, null, descriptor);
        }

        if (Current == '(' && _position + 1 < _text.Length && _text[_position + 1] == '(')
        {
            throw new UnsupportedScriptException("arithmetic");
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
        var word = ReadWord(c => c is ' ' or '\t' or '\n' or '&' or '|' or ';' or '<' or '>' or '(' or ')');
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
        ReadQuotedUntil(parts, '"');
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

    // The end is a quote, a brace, or a zero for the text of a here-document; a backslash takes away the meaning of what
    // would have one there.
    private void ReadQuotedUntil(List<WordPart> parts, char end)
    {
        var literal = new StringBuilder();
        while (_position < _text.Length && (end == '\0' || Current != end))
        {
            if (Current == '\\' && _position + 1 < _text.Length && (_text[_position + 1] is '$' or '`' or '\\' or '\n' || (end != '\0' && _text[_position + 1] is '"' or '}' && (end == '}' || _text[_position + 1] == '"'))))
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
            else if (Current == '"' && end == '}')
            {
                throw new UnsupportedScriptException("a quote in quoted braces");
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

        if (!quoted && Current is '\'' or '"')
        {
            throw new UnsupportedScriptException($"the quoting ${Current}...{Current}");
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
            _position++;
            return new ParameterPart(CloseBrace(ReadParameterName()), ParameterPart.Length, null, quoted);
        }

        var name = ReadParameterName();
        var op = ReadParameterOperator();
        if (op.Length == 0)
        {
            return new ParameterPart(CloseBrace(name), "", null, quoted);
        }

        if (++_depth > MaxDepth)
        {
            throw new UnsupportedScriptException("expansions nested too deep");
        }

        var argument = quoted && op[0] is not ('#' or '%') ? ReadQuotedArgument() : ReadWord(c => c == '}');
        _depth--;
        return new ParameterPart(CloseBrace(name), op, argument, quoted);
    }

    private Word ReadQuotedArgument()
    {
        var parts = new List<WordPart>();
        ReadQuotedUntil(parts, '}');
        return new Word(parts);
    }

    private string ReadParameterOperator()
    {
        var start = _position;
        if (Current == ':')
        {
            _position++;
        }

        if (Current is '-' or '+' or '=' or '?')
        {
            _position++;
        }
        else if (Current is '#' or '%' && start == _position)
        {
            _position += _position + 1 < _text.Length && _text[_position + 1] == Current ? 2 : 1;
        }
        else if (start != _position)
        {
            throw new UnsupportedScriptException("a kind of expansion in braces");
        }

        return _text[start.._position];
    }

    private string CloseBrace(string name)
    {
        if (Current != '}' || name.Length == 0)
        {
            throw new UnsupportedScriptException("a kind of expansion in braces");
        }

        _position++;
        return name;
    }

    private CommandPart ReadCommandSubstitution(bool quoted)
    {
        if (_position + 1 < _text.Length && _text[_position + 1] == '(')
        {
            throw new UnsupportedScriptException("arithmetic");
        }

        // The end of the substitution is where its own grammar ends, not the next parenthesis.
        _position++;
        var inner = new ShellLexer(_text, _position, _depth + 1);
        var command = new ShellParser(inner).ParseUntilParenthesis();
        _position = inner._position;
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
        return new CommandPart(ShellParser.Parse(new ShellLexer(inner.ToString(), 0, _depth + 1)), quoted);
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
                : ExpandableText(text.ToString(), _depth);
        }
    }

    private static Word ExpandableText(string text, int depth)
    {
        var parts = new List<WordPart>();
        new ShellLexer(text, 0, depth + 1).ReadQuotedUntil(parts, '\0');
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
