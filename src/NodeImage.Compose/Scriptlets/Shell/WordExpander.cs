using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Expands words: parameters, command substitutions, field splitting, path names, in the order of POSIX.1-2017, section 2.6.</summary>
/// <param name="machine">The image, in which path names are looked for.</param>
/// <param name="state">The shell's variables.</param>
/// <param name="substitute">Runs a command and gives what it writes.</param>
internal sealed class WordExpander(ScriptletMachine machine, ShellState state, Func<ShellCommand, string> substitute)
{
    // More than any scriptlet has to say; a word of a million variables must not fill the memory.
    private const int MaxLength = 16 << 20;

    private const int MaxFields = 50_000;

    // A variable's every end is matched against a pattern's every character.
    private const long MaxMatching = 100_000_000;

    /// <summary>Expands words into as many fields as they come to.</summary>
    public List<string> ExpandAll(IEnumerable<Word> words)
    {
        var fields = words.SelectMany(BraceExpansion.Expand).SelectMany(ExpandFields).Take(MaxFields + 1).ToList();
        return fields.Count <= MaxFields ? fields : throw new UnsupportedScriptException("as many words as that");
    }

    /// <summary>Expands a word into one text, neither split nor matched against files.</summary>
    public string ExpandText(Word word)
    {
        RefuseTilde(word);
        return Concatenate(word, part => part is LiteralPart literal ? literal.Text : Value(part));
    }

    /// <summary>Expands a word into a pattern, in which what was quoted has lost its meaning.</summary>
    public string ExpandPattern(Word word)
    {
        RefuseTilde(word);
        return Concatenate(word, part =>
        {
            var text = part is LiteralPart literal ? literal.Text : Value(part);
            return part.Quoted ? Escape(text) : text;
        });
    }

    private string Concatenate(Word word, Func<WordPart, string> expand)
    {
        if (word.Parts.Count == 1)
        {
            return expand(word.Parts[0]);
        }

        var text = new StringBuilder();
        foreach (var part in word.Parts)
        {
            text.Append(expand(part));
            machine.Budget.Charge(text.Length);
            if (text.Length > MaxLength)
            {
                throw new UnsupportedScriptException("a word as long as that");
            }
        }

        return text.ToString();
    }

    private static void RefuseTilde(Word word)
    {
        if (word.Parts is [LiteralPart { Quoted: false, Text: ['~', ..] }, ..])
        {
            throw new UnsupportedScriptException("a home folder as '~'");
        }
    }

    private IEnumerable<string> ExpandFields(Word word)
    {
        RefuseTilde(word);
        var fields = new FieldBuilder(machine.Budget);
        AppendParts(fields, word, split: false);
        return fields.Finish().SelectMany(Glob);
    }

    private void AppendParts(FieldBuilder fields, Word word, bool split)
    {
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case LiteralPart { Quoted: false } literal when split:
                    fields.AppendSplit(literal.Text);
                    break;
                case LiteralPart literal:
                    fields.Append(literal.Quoted ? Escape(literal.Text) : literal.Text);
                    fields.Keep(literal.Quoted);
                    break;
                case ParameterPart { Name: "@", Quoted: true, Operator: "" }:
                    AppendArguments(fields);
                    break;
                case ParameterPart { Quoted: false, Operator: "-" or ":-" or "+" or ":+" } parameter when UsesArgument(parameter):
                    AppendParts(fields, parameter.Argument!, split: true);
                    break;
                case { Quoted: true }:
                    fields.Append(Escape(Value(part)));
                    fields.Keep(true);
                    break;
                default:
                    fields.AppendSplit(Value(part));
                    break;
            }
        }
    }

    private bool UsesArgument(ParameterPart part)
    {
        var value = state.Get(part.Name);
        var isEmpty = part.Operator[0] == ':' ? string.IsNullOrEmpty(value) : value is null;
        return isEmpty == (part.Operator[^1] == '-');
    }

    private void AppendArguments(FieldBuilder fields)
    {
        for (var i = 0; i < state.Arguments.Count; i++)
        {
            if (i > 0)
            {
                fields.Break();
            }

            fields.Append(Escape(state.Arguments[i]));
            fields.Keep(true);
        }
    }

    private string Value(WordPart part) => part switch
    {
        CommandPart command => substitute(command.Command).TrimEnd('\n'),
        ParameterPart parameter => ParameterValue(parameter),
        HereDocumentPart here => ExpandHereDocument(here.Pending.Content ?? throw new UnsupportedScriptException("a here-document that does not end")),
        LiteralPart literal => literal.Text,
        _ => throw new UnsupportedScriptException("an expansion"),
    };

    private string ExpandHereDocument(Word content) => Concatenate(content, part => part is LiteralPart literal ? literal.Text : Value(part));

    private string ParameterValue(ParameterPart part)
    {
        if (part.Name is "@" or "*" && part.Operator.Length > 0)
        {
            throw new UnsupportedScriptException($"the expansion ${{{part.Name}{part.Operator}...}}");
        }

        var value = state.Get(part.Name);
        if (value is null && state.RefuseUnset && part.Name is not ("@" or "*") && part.Operator is "" or ParameterPart.Length or "#" or "##" or "%" or "%%")
        {
            throw new UnsupportedScriptException($"the parameter ${part.Name}, which is not set");
        }

        var isEmpty = part.Operator.StartsWith(':') ? string.IsNullOrEmpty(value) : value is null;
        switch (part.Operator.TrimStart(':'))
        {
            case "":
                return value ?? "";
            case "-":
                return isEmpty ? ExpandText(part.Argument!) : value!;
            case "+":
                return isEmpty ? "" : ExpandText(part.Argument!);
            case "=":
                if (isEmpty)
                {
                    value = ExpandText(part.Argument!);
                    state.Set(part.Name, value);
                }

                return value!;
            case ParameterPart.Length:
                return (value ?? "").EnumerateRunes().Count().ToString(System.Globalization.CultureInfo.InvariantCulture);
            case "#" or "##" or "%" or "%%":
                return Strip(value ?? "", part.Operator, ExpandPattern(part.Argument!));
            default:
                throw new UnsupportedScriptException($"the expansion ${{{part.Name}{part.Operator}...}}");
        }
    }

    private static string Strip(string value, string op, string pattern)
    {
        if ((long)value.Length * value.Length * Math.Max(pattern.Length, 1) > MaxMatching)
        {
            throw new UnsupportedScriptException("a pattern for a variable as long as that");
        }

        var lengths = Enumerable.Range(0, value.Length + 1);
        foreach (var length in op.Length == 1 ? lengths : lengths.Reverse())
        {
            if (op[0] == '#' && ShellPattern.IsMatch(pattern, value.AsSpan(0, length)))
            {
                return value[length..];
            }

            if (op[0] == '%' && ShellPattern.IsMatch(pattern, value.AsSpan(value.Length - length)))
            {
                return value[..^length];
            }
        }

        return value;
    }

    private List<string> Glob(string pattern)
    {
        if (!ShellPattern.HasWildcard(pattern))
        {
            return [ShellPattern.Unescape(pattern)];
        }

        var absolute = pattern.StartsWith('/');
        var matches = new List<string> { absolute ? "/" : "" };
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            matches = [.. matches.SelectMany(folder => MatchSegment(folder, segment))];
        }

        if (pattern.EndsWith('/'))
        {
            matches = [.. matches.Where(match => Resolve(match) is { Inode.IsDirectory: true }).Select(match => match + "/")];
        }

        // A pattern that matches nothing stands for itself.
        matches.Sort(StringComparer.Ordinal);
        return matches.Count > 0 ? matches : [ShellPattern.Unescape(pattern)];
    }

    private IEnumerable<string> MatchSegment(string folder, string segment)
    {
        var prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        if (segment is "." or "..")
        {
            return Resolve(folder) is { Inode.IsDirectory: true } ? [prefix + segment] : [];
        }

        return (Resolve(folder)?.Children ?? [])
            .Where(child => (child.Name[0] != '.' || segment[0] == '.') && ShellPattern.IsMatch(segment, child.Name))
            .Select(child => prefix + child.Name);
    }

    private FileNode? Resolve(string path) => machine.Tree.Resolve(ScriptletMachine.Absolute(state.WorkingFolder, path));

    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("*?[\\") < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or '\\')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private sealed class FieldBuilder(ScriptletBudget budget)
    {
        private readonly List<string> _fields = [];
        private readonly StringBuilder _current = new();
        private bool _exists;

        public void Append(string text)
        {
            budget.Charge(text.Length);
            if (_current.Length + text.Length > MaxLength)
            {
                throw new UnsupportedScriptException("a word as long as that");
            }

            _current.Append(text);
            _exists |= text.Length > 0;
        }

        public void Keep(bool quoted) => _exists |= quoted;

        public void Break()
        {
            if (_exists)
            {
                _fields.Add(_current.ToString());
            }

            _current.Clear();
            _exists = false;
        }

        public void AppendSplit(string text)
        {
            foreach (var c in text)
            {
                if (c is ' ' or '\t' or '\n')
                {
                    Break();
                }
                else
                {
                    Append(c == '\\' ? "\\\\" : c.ToString());
                }
            }
        }

        public List<string> Finish()
        {
            Break();
            return _fields;
        }
    }
}
