namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Reads a script into its commands: POSIX.1-2017, "Shell Command Language", section 2.10.2.</summary>
internal sealed class ShellParser
{
    private const int MaxDepth = 100;

    private readonly ShellLexer _lexer;
    private Token _token;
    private int _depth;

    public ShellParser(ShellLexer lexer)
    {
        _lexer = lexer;
        _token = lexer.Next();
    }

    /// <summary>Reads a whole script.</summary>
    /// <exception cref="UnsupportedScriptException">The script goes beyond the subset that is understood.</exception>
    public static ShellCommand Parse(string script)
    {
        var parser = new ShellParser(new ShellLexer(script));
        var list = parser.ParseList();
        return parser._token.Kind == TokenKind.End ? list : throw Unexpected(parser._token);
    }

    /// <summary>Reads commands up to a closing parenthesis, which is the last thing taken from the lexer.</summary>
    public ShellCommand ParseUntilParenthesis()
    {
        var list = ParseList();
        return IsOperator(")") ? list : throw Unexpected(_token);
    }

    private CommandList ParseList(params ReadOnlySpan<string> ends)
    {
        if (++_depth > MaxDepth)
        {
            throw new UnsupportedScriptException("commands nested too deep");
        }

        var commands = new List<ShellCommand>();
        while (true)
        {
            while (_token.Kind == TokenKind.NewLine || IsOperator(";"))
            {
                Advance();
            }

            if (_token.Kind == TokenKind.End || IsOperator(")") || IsOperator(";;") || IsOneOf(ends))
            {
                _depth--;
                return new CommandList(commands);
            }

            commands.Add(ParseAndOr());
            if (IsOperator("&"))
            {
                throw new UnsupportedScriptException("a command in the background");
            }

            if (_token.Kind is not (TokenKind.NewLine or TokenKind.End) && !IsOperator(";") && !IsOperator(")") && !IsOperator(";;"))
            {
                throw Unexpected(_token);
            }
        }
    }

    private ShellCommand ParseAndOr()
    {
        var left = ParsePipeline();
        while (IsOperator("&&") || IsOperator("||"))
        {
            var whenSuccessful = _token.Text == "&&";
            Advance();
            SkipNewLines();
            left = new AndOr(left, whenSuccessful, ParsePipeline());
        }

        return left;
    }

    private ShellCommand ParsePipeline()
    {
        var negated = false;
        while (IsWord("!"))
        {
            negated = !negated;
            Advance();
        }

        var first = ParseCommand();
        if (IsOperator("|"))
        {
            var commands = new List<ShellCommand> { first };
            while (IsOperator("|"))
            {
                Advance();
                SkipNewLines();
                commands.Add(ParseCommand());
            }

            first = new Pipeline(commands);
        }

        return negated ? new Negation(first) : first;
    }

    private ShellCommand ParseCommand()
    {
        ShellCommand? compound = _token switch
        {
            { Kind: TokenKind.Operator, Text: "(" } => ParseSubshell(),
            { Kind: TokenKind.Word, Text: "{" } => ParseGroup(),
            { Kind: TokenKind.Word, Text: "if" } => ParseIf(),
            { Kind: TokenKind.Word, Text: "for" } => ParseFor(),
            { Kind: TokenKind.Word, Text: "while" or "until" } => ParseWhile(),
            { Kind: TokenKind.Word, Text: "case" } => ParseCase(),
            _ => null,
        };
        if (compound is null)
        {
            return ParseSimple();
        }

        var redirections = new List<Redirection>();
        while (TryParseRedirection() is { } redirection)
        {
            redirections.Add(redirection);
        }

        return redirections.Count == 0 ? compound : new Redirected(compound, redirections);
    }

    private Group ParseSubshell()
    {
        Advance();
        var body = ParseList();
        ExpectOperator(")");
        return new Group(body, IsSubshell: true);
    }

    private Group ParseGroup()
    {
        Advance();
        var body = ParseList("}");
        ExpectWord("}");
        return new Group(body, IsSubshell: false);
    }

    private IfCommand ParseIf()
    {
        var branches = new List<(ShellCommand, ShellCommand)>();
        do
        {
            Advance();
            var condition = ParseList("then");
            ExpectWord("then");
            branches.Add((condition, ParseList("elif", "else", "fi")));
        }
        while (IsWord("elif"));

        ShellCommand? otherwise = null;
        if (IsWord("else"))
        {
            Advance();
            otherwise = ParseList("fi");
        }

        ExpectWord("fi");
        return new IfCommand(branches, otherwise);
    }

    private ForCommand ParseFor()
    {
        Advance();
        var variable = TakePlainWord();
        SkipNewLines();
        List<Word>? words = null;
        if (IsWord("in"))
        {
            Advance();
            words = [];
            while (_token.Kind == TokenKind.Word)
            {
                words.Add(_token.Word!);
                Advance();
            }
        }

        while (IsOperator(";") || _token.Kind == TokenKind.NewLine)
        {
            Advance();
        }

        return new ForCommand(variable, words, ParseDoGroup());
    }

    private WhileCommand ParseWhile()
    {
        var until = _token.Text == "until";
        Advance();
        var condition = ParseList("do");
        return new WhileCommand(condition, ParseDoGroup(), until);
    }

    private CommandList ParseDoGroup()
    {
        ExpectWord("do");
        var body = ParseList("done");
        ExpectWord("done");
        return body;
    }

    private CaseCommand ParseCase()
    {
        Advance();
        var subject = TakeWord();
        SkipNewLines();
        ExpectWord("in");
        SkipNewLines();
        var items = new List<(IReadOnlyList<Word>, ShellCommand?)>();
        while (!IsWord("esac"))
        {
            if (IsOperator("("))
            {
                Advance();
            }

            var patterns = new List<Word> { TakeWord() };
            while (IsOperator("|"))
            {
                Advance();
                patterns.Add(TakeWord());
            }

            ExpectOperator(")");
            items.Add((patterns, ParseList("esac")));
            if (IsOperator(";;"))
            {
                Advance();
            }

            SkipNewLines();
        }

        Advance();
        return new CaseCommand(subject, items);
    }

    private ShellCommand ParseSimple()
    {
        var assignments = new List<(string, Word)>();
        var words = new List<Word>();
        var redirections = new List<Redirection>();
        while (true)
        {
            if (TryParseRedirection() is { } redirection)
            {
                redirections.Add(redirection);
            }
            else if (_token.Kind == TokenKind.Word)
            {
                if (words.Count == 0 && SplitAssignment(_token.Word!) is { } assignment)
                {
                    assignments.Add(assignment);
                }
                else
                {
                    words.Add(_token.Word!);
                }

                Advance();
            }
            else if (IsOperator("(") && words is [{ Literal: { } name }] && assignments.Count == 0)
            {
                return ParseFunction(name);
            }
            else
            {
                break;
            }
        }

        return assignments.Count + words.Count + redirections.Count > 0
            ? new SimpleCommand(assignments, words, redirections)
            : throw Unexpected(_token);
    }

    private FunctionDefinition ParseFunction(string name)
    {
        Advance();
        ExpectOperator(")");
        SkipNewLines();
        return new FunctionDefinition(name, ParseCommand());
    }

    private Redirection? TryParseRedirection()
    {
        if (_token.Kind != TokenKind.Operator || _token.Text is not ("<" or ">" or ">>" or ">|" or "<&" or ">&" or "<<" or "<<-" or "&>" or "&>>"))
        {
            return null;
        }

        var (op, descriptor) = (_token.Text, _token.Descriptor);
        Advance();
        if (op is "<<" or "<<-")
        {
            var pending = _lexer.ExpectHereDocument(_token.Word ?? throw Unexpected(_token), op == "<<-");
            Advance();
            return new Redirection(descriptor ?? 0, RedirectionKind.HereDocument, new Word([new HereDocumentPart(pending)]));
        }

        var target = TakeWord();
        var kind = op switch
        {
            "<" => RedirectionKind.Read,
            ">" or ">|" => RedirectionKind.Write,
            ">>" => RedirectionKind.Append,
            "<&" or ">&" => RedirectionKind.Duplicate,
            "&>" => RedirectionKind.WriteBoth,
            _ => throw new UnsupportedScriptException($"the redirection {op}"),
        };
        return new Redirection(descriptor ?? (op[0] == '<' ? 0 : 1), kind, target);
    }

    private static (string Name, Word Value)? SplitAssignment(Word word)
    {
        if (word.Parts is not [LiteralPart { Quoted: false } first, ..])
        {
            return null;
        }

        var equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || char.IsAsciiDigit(first.Text[0]) || first.Text[..equals].Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
        {
            return null;
        }

        var rest = first.Text[(equals + 1)..];
        var parts = word.Parts.Skip(1);
        return (first.Text[..equals], new Word(rest.Length > 0 ? [new LiteralPart(rest, false), .. parts] : [.. parts]));
    }

    private string TakePlainWord() => TakeWord().Literal ?? throw new UnsupportedScriptException("a computed name");

    private Word TakeWord()
    {
        var word = _token.Kind == TokenKind.Word ? _token.Word! : throw Unexpected(_token);
        Advance();
        return word;
    }

    private void SkipNewLines()
    {
        while (_token.Kind == TokenKind.NewLine)
        {
            Advance();
        }
    }

    private void Advance() => _token = _lexer.Next();

    private bool IsOperator(string text) => _token.Kind == TokenKind.Operator && _token.Text == text;

    private bool IsWord(string text) => _token.Kind == TokenKind.Word && _token.Text == text;

    private bool IsOneOf(ReadOnlySpan<string> words) => _token.Kind == TokenKind.Word && words.Contains(_token.Text);

    private void ExpectOperator(string text)
    {
        if (!IsOperator(text))
        {
            throw Unexpected(_token);
        }

        Advance();
    }

    private void ExpectWord(string text)
    {
        if (!IsWord(text))
        {
            throw Unexpected(_token);
        }

        Advance();
    }

    private static UnsupportedScriptException Unexpected(Token token) =>
        new(token.Kind == TokenKind.End ? "a script that ends too early" : $"'{token.Text}' where it is not expected");
}
