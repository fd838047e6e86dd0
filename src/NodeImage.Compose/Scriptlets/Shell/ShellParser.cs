using System.Runtime.CompilerServices;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Reads a script into its commands: POSIX.1-2017, "Shell Command Language", section 2.10.2.</summary>
internal sealed class ShellParser
{
    private const int MaxDepth = 100;
    private const int MaxChain = 500;

    // What begins or ends a compound command and nothing else; bash's own kinds are not read here.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "then", "else", "elif", "fi", "do", "done", "esac", "}" };

    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal) { "function", "select", "time", "coproc" };

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
    public static ShellCommand Parse(string script) => Parse(new ShellLexer(script));

    /// <summary>Reads all that a lexer has.</summary>
    /// <exception cref="UnsupportedScriptException">The script goes beyond the subset that is understood.</exception>
    public static ShellCommand Parse(ShellLexer lexer)
    {
        var parser = new ShellParser(lexer);
        var list = parser.ParseList(mayBeEmpty: true);
        return parser._token.Kind == TokenKind.End ? list : throw Unexpected(parser._token);
    }

    /// <summary>Reads commands up to a closing parenthesis, which is the last thing taken from the lexer.</summary>
    public ShellCommand ParseUntilParenthesis()
    {
        var list = ParseList(mayBeEmpty: true);
        return IsOperator(")") ? list : throw Unexpected(_token);
    }

    private CommandList ParseList(bool mayBeEmpty = false, params ReadOnlySpan<string> ends)
    {
        Enter();
        var commands = new List<ShellCommand>();
        while (true)
        {
            SkipNewLines();
            if (_token.Kind == TokenKind.End || IsOperator(")") || IsOperator(";;") || IsOneOf(ends))
            {
                _depth--;
                return commands.Count > 0 || mayBeEmpty ? new CommandList(commands) : throw Unexpected(_token);
            }

            commands.Add(ParseAndOr());
            if (IsOperator("&"))
            {
                throw new UnsupportedScriptException("a command in the background");
            }

            if (IsOperator(";"))
            {
                Advance();
            }
            else if (_token.Kind is not (TokenKind.NewLine or TokenKind.End) && !IsOperator(")") && !IsOperator(";;"))
            {
                throw Unexpected(_token);
            }
        }
    }

    private void Enter()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new UnsupportedScriptException("commands nested too deep");
        }
    }

    private ShellCommand ParseAndOr()
    {
        var left = ParsePipeline();
        for (var length = 1; IsOperator("&&") || IsOperator("||"); length++)
        {
            var whenSuccessful = _token.Text == "&&";
            Advance();
            SkipNewLines();
            left = length < MaxChain ? new AndOr(left, whenSuccessful, ParsePipeline()) : throw new UnsupportedScriptException("a chain of too many commands");
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
                commands.Add(commands.Count < MaxChain ? ParseCommand() : throw new UnsupportedScriptException("a chain of too many commands"));
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
        var body = ParseList(false, "}");
        ExpectWord("}");
        return new Group(body, IsSubshell: false);
    }

    private IfCommand ParseIf()
    {
        var branches = new List<(ShellCommand, ShellCommand)>();
        do
        {
            Advance();
            var condition = ParseList(false, "then");
            ExpectWord("then");
            branches.Add((condition, ParseList(false, "elif", "else", "fi")));
        }
        while (IsWord("elif"));

        ShellCommand? otherwise = null;
        if (IsWord("else"))
        {
            Advance();
            otherwise = ParseList(false, "fi");
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
        var condition = ParseList(false, "do");
        return new WhileCommand(condition, ParseDoGroup(), until);
    }

    private CommandList ParseDoGroup()
    {
        ExpectWord("do");
        var body = ParseList(false, "done");
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
            items.Add((patterns, ParseList(mayBeEmpty: true, "esac")));
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
        if (_token.Kind == TokenKind.Word && (Reserved.Contains(_token.Text) || Foreign.Contains(_token.Text)))
        {
            throw Reserved.Contains(_token.Text) ? Unexpected(_token) : new UnsupportedScriptException($"the shell's '{_token.Text}'");
        }

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
        Enter();
        var body = ParseCommand();
        _depth--;
        return new FunctionDefinition(name, body);
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
        var end = 0;
        while (end < first.Text.Length && (char.IsAsciiLetterOrDigit(first.Text[end]) || first.Text[end] == '_'))
        {
            end++;
        }

        if (end == 0 || char.IsAsciiDigit(first.Text[0]) || end == first.Text.Length)
        {
            return null;
        }

        if (first.Text[end] == '[' || first.Text.AsSpan(end).StartsWith("+="))
        {
            throw new UnsupportedScriptException("bash's kinds of assignment");
        }

        if (equals != end)
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
