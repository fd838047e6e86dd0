using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Expands words: parameters, command substitutions, field splitting, path names, in the order of POSIX.1-2017, section 2.6.</summary>
/// <param name="tree">The image, in which path names are looked for.</param>
/// <param name="state">The shell's variables.</param>
/// <param name="substitute">Runs a command and gives what it writes.</param>
internal sealed class WordExpander(FileTree tree, ShellState state, Func<ShellCommand, string> substitute)
{
    /// <summary>Expands words into as many fields as they come to.</summary>
    public List<string> ExpandAll(IEnumerable<Word> words) => [.. words.SelectMany(ExpandFields)];

    /// <summary>Expands a word into one text, neither split nor matched against files.</summary>
    public string ExpandText(Word word) => string.Concat(word.Parts.Select(part => part is LiteralPart literal ? literal.Text : Value(part)));

    /// <summary>Expands a word into a pattern, in which what was quoted has lost its meaning.</summary>
    public string ExpandPattern(Word word) => string.Concat(word.Parts.Select(part =>
    {
        var text = part is LiteralPart literal ? literal.Text : Value(part);
        return part.Quoted ? Escape(text) : text;
    }));

    private IEnumerable<string> ExpandFields(Word word)
    {
        var fields = new FieldBuilder();
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    fields.Append(literal.Quoted ? Escape(literal.Text) : literal.Text);
                    fields.Keep(literal.Quoted);
                    break;
                case ParameterPart { Name: "@", Quoted: true, Operator: "" }:
                    AppendArguments(fields);
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

        return fields.Finish().SelectMany(Glob);
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
        HereDocumentPart here => ExpandText(here.Pending.Content ?? throw new UnsupportedScriptException("a here-document that does not end")),
        LiteralPart literal => literal.Text,
        _ => throw new UnsupportedScriptException("an expansion"),
    };

    private string ParameterValue(ParameterPart part)
    {
        var value = state.Get(part.Name);
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
            case "#" or "##" or "%" or "%%":
                return Strip(value ?? "", part.Operator, ExpandPattern(part.Argument!));
            default:
                throw new UnsupportedScriptException($"the expansion ${{{part.Name}{part.Operator}...}}");
        }
    }

    private static string Strip(string value, string op, string pattern)
    {
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

        // A pattern that matches nothing stands for itself.
        matches.Sort(StringComparer.Ordinal);
        return matches.Count > 0 ? matches : [ShellPattern.Unescape(pattern)];
    }

    private IEnumerable<string> MatchSegment(string folder, string segment)
    {
        var place = folder.StartsWith('/') ? folder : ImagePath.Join(state.WorkingFolder, folder);
        var node = tree.Resolve(place.Length > 1 ? place.TrimEnd('/') : place);
        var prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        return (node?.Children ?? [])
            .Where(child => (child.Name[0] != '.' || segment[0] == '.') && ShellPattern.IsMatch(segment, child.Name))
            .Select(child => prefix + child.Name);
    }

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

    private sealed class FieldBuilder
    {
        private readonly List<string> _fields = [];
        private readonly StringBuilder _current = new();
        private bool _exists;

        public void Append(string text)
        {
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
