namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>A command of the shell's grammar: POSIX.1-2017, "Shell Command Language", section 2.10.</summary>
internal abstract record ShellCommand;

/// <summary>Commands one after the other.</summary>
internal sealed record CommandList(IReadOnlyList<ShellCommand> Commands) : ShellCommand;

/// <summary>A command whose successor runs only when it succeeds (or fails).</summary>
internal sealed record AndOr(ShellCommand Left, bool WhenSuccessful, ShellCommand Right) : ShellCommand;

/// <summary>A command whose outcome is turned around.</summary>
internal sealed record Negation(ShellCommand Command) : ShellCommand;

/// <summary>Commands each of which reads what the one before writes.</summary>
internal sealed record Pipeline(IReadOnlyList<ShellCommand> Commands) : ShellCommand;

/// <summary>Assignments, words and redirections.</summary>
internal sealed record SimpleCommand(
    IReadOnlyList<(string Name, Word Value)> Assignments,
    IReadOnlyList<Word> Words,
    IReadOnlyList<Redirection> Redirections) : ShellCommand;

/// <summary>A compound command with redirections of its own.</summary>
internal sealed record Redirected(ShellCommand Command, IReadOnlyList<Redirection> Redirections) : ShellCommand;

/// <summary>Commands in braces, or in parentheses where their variables are their own.</summary>
internal sealed record Group(ShellCommand Body, bool IsSubshell) : ShellCommand;

/// <summary><c>if</c> and its <c>elif</c>s, with what is left for <c>else</c>.</summary>
internal sealed record IfCommand(IReadOnlyList<(ShellCommand Condition, ShellCommand Body)> Branches, ShellCommand? Otherwise) : ShellCommand;

/// <summary><c>for NAME in WORDS</c>; without words, the positional parameters.</summary>
internal sealed record ForCommand(string Variable, IReadOnlyList<Word>? Words, ShellCommand Body) : ShellCommand;

/// <summary><c>while</c> or <c>until</c>.</summary>
internal sealed record WhileCommand(ShellCommand Condition, ShellCommand Body, bool Until) : ShellCommand;

/// <summary><c>case WORD in</c>.</summary>
internal sealed record CaseCommand(Word Subject, IReadOnlyList<(IReadOnlyList<Word> Patterns, ShellCommand? Body)> Items) : ShellCommand;

/// <summary><c>name() command</c>.</summary>
internal sealed record FunctionDefinition(string Name, ShellCommand Body) : ShellCommand;

/// <summary>Where input comes from or output goes.</summary>
internal sealed record Redirection(int Descriptor, RedirectionKind Kind, Word Target);

/// <summary>The kinds of redirection.</summary>
internal enum RedirectionKind
{
    /// <summary><c>&lt; file</c></summary>
    Read,

    /// <summary><c>&gt; file</c></summary>
    Write,

    /// <summary><c>&gt;&gt; file</c></summary>
    Append,

    /// <summary><c>&gt;&amp; descriptor</c></summary>
    Duplicate,

    /// <summary>The text of a here-document.</summary>
    HereDocument,

    /// <summary><c>&amp;&gt; file</c>, bash's way to send both outputs.</summary>
    WriteBoth,
}

/// <summary>A word: parts that are expanded and joined.</summary>
internal sealed record Word(IReadOnlyList<WordPart> Parts)
{
    /// <summary>The text of a word that needs no expansion, or null.</summary>
    public string? Literal => Parts.All(part => part is LiteralPart) ? string.Concat(Parts.Cast<LiteralPart>().Select(part => part.Text)) : null;
}

/// <summary>A part of a word.</summary>
internal abstract record WordPart(bool Quoted);

/// <summary>Text as it stands.</summary>
internal sealed record LiteralPart(string Text, bool Quoted) : WordPart(Quoted);

/// <summary><c>$name</c> or <c>${name operator word}</c>.</summary>
internal sealed record ParameterPart(string Name, string Operator, Word? Argument, bool Quoted) : WordPart(Quoted)
{
    /// <summary>The operator of <c>${#name}</c>.</summary>
    public const string Length = "length";
}

/// <summary><c>$(commands)</c>.</summary>
internal sealed record CommandPart(ShellCommand Command, bool Quoted) : WordPart(Quoted);

/// <summary>The text of a here-document, which the lexer reads after the line that announces it.</summary>
internal sealed record HereDocumentPart(PendingHereDocument Pending) : WordPart(true);
