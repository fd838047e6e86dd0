using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>sed</c> with substitutions and deletions, on its input or on files in place.</summary>
internal sealed class SedCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["sed"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["i=in-place", "E=r=regexp-extended", "s=separate"], ["e=expression"]);
        if (call.Arguments.Find(argument => argument.StartsWith("-i", StringComparison.Ordinal) && argument.Length > 2) is { } suffixed)
        {
            // What follows is the ending of a copy that is kept.
            throw call.Unsupported(suffixed);
        }

        var scripts = options.Values("e");
        var files = options.Operands;
        if (scripts.Count == 0)
        {
            if (files.Count == 0)
            {
                return call.Fail(1, "no script");
            }

            scripts = [files[0]];
            files = files.GetRange(1, files.Count - 1);
        }

        var edits = scripts.SelectMany(script => new SedScript(call, script, options.Has("E")).Parse()).ToList();
        return options.Has("i") ? EditInPlace(call, edits, files) : EditStream(call, edits, files);
    }

    private static int EditStream(CommandCall call, List<SedEdit> edits, List<string> files)
    {
        var (status, text) = (0, new StringBuilder(files.Count == 0 ? call.Streams.Input.ReadAll() : ""));
        foreach (var file in files)
        {
            if (Require(call, file) is not { } node)
            {
                status = call.Fail(2, $"can't read {file}: No such file or directory");
                continue;
            }

            // Each file's last line gets an end before another follows.
            text.Append(text.Length > 0 && text[^1] != '\n' ? "\n" : "").Append(ScriptletText.Read(call.Machine, node.Inode.Content!));
        }

        call.Streams.Output.Write(Edit(edits, text.ToString()));
        return status;
    }

    private static int EditInPlace(CommandCall call, List<SedEdit> edits, List<string> files)
    {
        var status = 0;
        foreach (var file in files)
        {
            if (Require(call, file) is not { } node || !call.Tree.TryResolvePath(call.Path(file), followLast: false, out var place))
            {
                status = call.Fail(call.Tree.Resolve(call.Path(file)) is null ? 2 : 4, $"can't edit {file}");
                continue;
            }

            // A new file takes the place of the name that was given, a link's too, with the old one's permissions.
            var content = FileContent.Of(Edit(edits, ScriptletText.Read(call.Machine, node.Inode.Content!)));
            call.Tree.Put(place, node.Inode.WithContent(content) with { ModificationTime = call.Machine.Time });
        }

        return status;
    }

    private static FileNode? Require(CommandCall call, string file) => call.Tree.Resolve(call.Path(file)) is { Inode.IsRegular: true } node ? node : null;

    private static string Edit(List<SedEdit> edits, string text)
    {
        var lines = text.Split('\n').ToList();
        var ended = text.EndsWith('\n');
        if (ended || text.Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < lines.Count; i++)
        {
            if (Apply(edits, lines[i], i + 1, i == lines.Count - 1) is { } line)
            {
                result.Append(line).Append(i == lines.Count - 1 && !ended ? "" : "\n");
            }
        }

        return result.ToString();
    }

    private static string? Apply(List<SedEdit> edits, string line, int number, bool isLast)
    {
        foreach (var edit in edits)
        {
            if (!edit.Selects(line, number, isLast))
            {
                continue;
            }

            if (edit.Pattern is null)
            {
                return null;
            }

            line = Replace(edit, line);
        }

        return line;
    }

    private static string Replace(SedEdit edit, string line)
    {
        var result = new StringBuilder();
        var (end, lastMatch) = (0, -1);
        for (var match = edit.Pattern!.Match(line); match.Success; match = match.NextMatch())
        {
            // An empty match right behind another is none.
            if (match.Length > 0 || match.Index != lastMatch)
            {
                PosixRegex.RequireLongest(edit.Whole, match, line);
                result.Append(line, end, match.Index - end).Append(edit.Replacement!(match));
                end = match.Index + match.Length;
            }

            lastMatch = match.Index + match.Length;
            if (!edit.IsGlobal)
            {
                break;
            }
        }

        return result.Append(line, end, line.Length - end).ToString();
    }
}

/// <summary>One command of a sed script: a substitution, or a deletion where it has no pattern.</summary>
internal sealed record SedEdit(Func<string, int, bool, bool> Selects, Regex? Pattern, MatchEvaluator? Replacement, bool IsGlobal)
{
    /// <summary>The pattern for a whole text, where a match could be shorter than the longest one there is.</summary>
    public Regex? Whole { get; init; }
}

/// <summary>Reads sed scripts: POSIX.1-2017, <c>sed</c>.</summary>
internal sealed class SedScript(CommandCall call, string script, bool extended)
{
    private int _position;

    public IEnumerable<SedEdit> Parse()
    {
        while (true)
        {
            while (_position < script.Length && (char.IsWhiteSpace(script[_position]) || script[_position] == ';'))
            {
                _position++;
            }

            if (_position == script.Length)
            {
                yield break;
            }

            call.Machine.Budget.Charge(ScriptletBudget.ExpressionCost);
            var selects = Address();
            yield return Take() switch
            {
                's' => Substitution(selects),
                'd' => new SedEdit(selects, null, null, false),
                _ => throw call.Unsupported(script),
            };
        }
    }

    private Func<string, int, bool, bool> Address()
    {
        Func<string, int, bool, bool> selects = (_, _, _) => true;
        var c = script[_position];
        if (c == '/')
        {
            _position++;
            var text = PatternUntil('/');
            var pattern = text.Length > 0 ? PosixRegex.Compile(text, extended) : throw call.Unsupported(script);
            selects = (line, _, _) => pattern.IsMatch(line);
        }
        else if (c == '$')
        {
            _position++;
            selects = (_, _, isLast) => isLast;
        }
        else if (char.IsAsciiDigit(c))
        {
            var start = _position;
            while (_position < script.Length && char.IsAsciiDigit(script[_position]))
            {
                _position++;
            }

            var wanted = int.Parse(script.AsSpan(start.._position), CultureInfo.InvariantCulture);
            selects = (_, number, _) => number == wanted;
        }

        while (_position < script.Length && script[_position] == ' ')
        {
            _position++;
        }

        if (_position >= script.Length || script[_position] is ',' or '!')
        {
            throw call.Unsupported(script);
        }

        return selects;
    }

    private SedEdit Substitution(Func<string, int, bool, bool> selects)
    {
        var delimiter = Take();
        var pattern = PatternUntil(delimiter);
        var replacement = Until(delimiter);
        if (pattern.Length == 0)
        {
            throw call.Unsupported(script);
        }

        var (global, ignoreCase) = (false, false);
        while (_position < script.Length && script[_position] is not (';' or '\n'))
        {
            switch (Take())
            {
                case 'g':
                    global = true;
                    break;
                case 'i' or 'I':
                    ignoreCase = true;
                    break;
                case ' ':
                    break;
                default:
                    throw call.Unsupported(script);
            }
        }

        // Of several ways to match, POSIX has the longest, and the platform the first: see PosixRegex.RequireLongest.
        var alternatives = pattern.Contains(extended ? "|" : "\\|", StringComparison.Ordinal);
        if (alternatives && Enumerable.Range(1, 9).Any(group => replacement.Contains($"\\{group}", StringComparison.Ordinal)))
        {
            throw call.Unsupported(script);
        }

        var whole = pattern.Contains('(', StringComparison.Ordinal) || alternatives ? PosixRegex.CompileWhole(pattern, extended, ignoreCase) : null;
        return new SedEdit(selects, PosixRegex.Compile(pattern, extended, ignoreCase), Evaluator(replacement), global) { Whole = whole };
    }

    private MatchEvaluator Evaluator(string replacement) => match =>
    {
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] == '&')
            {
                text.Append(match.Value);
            }
            else if (replacement[i] == '\\' && i + 1 < replacement.Length)
            {
                var c = replacement[++i];
                text.Append(c switch
                {
                    >= '0' and <= '9' => match.Groups[c - '0'].Value,
                    'n' => "\n",
                    't' => "\t",
                    _ when char.IsAsciiLetter(c) => throw call.Unsupported(script),
                    _ => c.ToString(),
                });
            }
            else
            {
                text.Append(replacement[i]);
            }
        }

        return text.ToString();
    };

    private string PatternUntil(char delimiter) => Until(delimiter, isPattern: true);

    // Up to a delimiter. A backslash before one makes it a plain character, and so do the brackets of an expression.
    private string Until(char delimiter, bool isPattern = false)
    {
        var text = new StringBuilder();
        while (true)
        {
            var c = Take();
            if (c == delimiter)
            {
                return text.ToString();
            }

            if (c == '[' && isPattern)
            {
                text.Append(c);
                TakeBracket(text);
            }
            else if (c == '\\' && _position < script.Length)
            {
                var next = Take();
                text.Append(next == delimiter ? next.ToString() : $"\\{next}");
            }
            else
            {
                text.Append(c);
            }
        }
    }

    private void TakeBracket(StringBuilder text)
    {
        var start = text.Length;
        for (var c = Take(); ; c = Take())
        {
            text.Append(c);
            if (c == ']' && text.Length - start > (text[start] == '^' ? 2 : 1))
            {
                return;
            }

            if (c == '[' && _position < script.Length && script[_position] is ':' or '.' or '=')
            {
                var end = script.IndexOf($"{script[_position]}]", _position + 1, StringComparison.Ordinal);
                text.Append(end < 0 ? throw call.Unsupported(script) : script.AsSpan(_position..(end + 2)));
                _position = end + 2;
            }
        }
    }

    private char Take() => _position < script.Length ? script[_position++] : throw call.Unsupported(script);
}
