using System.Globalization;
using System.Text;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Judges.Solver;

/// <summary>A dependency as libsolv's test cases write it, such as <c>A &lt;IF&gt; (B | C = 1)</c>.</summary>
internal abstract record TestcaseDependency
{
    internal sealed record Name(string Text) : TestcaseDependency;

    internal sealed record Relation(TestcaseDependency Left, string Operator, TestcaseDependency Right) : TestcaseDependency;

    public static TestcaseDependency? Parse(string text)
    {
        var parser = new Parser(text);
        var result = parser.Chain(afterComparison: false);
        return parser.AtEnd ? result : null;
    }

    /// <summary>The dependency in the project's own terms; rich ones are written the way rpm does.</summary>
    public Dependency ToDependency() => this switch
    {
        Name name => new Dependency(name.Text),
        Relation { Left: Name left, Right: Name right } relation when Comparison(relation.Operator) is { } comparison =>
            new Dependency(left.Text, comparison, Evr.Parse(right.Text)),
        _ => new Dependency(Rich()),
    };

    public static DependencyFlags? Comparison(string @operator) => @operator switch
    {
        "=" => DependencyFlags.Equal,
        "<" => DependencyFlags.Less,
        ">" => DependencyFlags.Greater,
        "<=" => DependencyFlags.Less | DependencyFlags.Equal,
        ">=" => DependencyFlags.Greater | DependencyFlags.Equal,
        "<>" => DependencyFlags.Less | DependencyFlags.Greater,
        "<=>" => DependencyFlags.Comparison,
        _ => null,
    };

    private string Rich() => this switch
    {
        Relation { Operator: "<IF>" or "<UNLESS>", Right: Relation { Operator: "<ELSE>" } otherwise } condition =>
            $"({condition.Left.Rich()} {Keyword(condition.Operator)} {otherwise.Left.Rich()} else {otherwise.Right.Rich()})",
        Relation relation when Comparison(relation.Operator) is null =>
            $"({relation.Left.Rich()} {Keyword(relation.Operator)} {relation.Right.Rich()})",
        _ => ToDependency().ToString(),
    };

    private static string Keyword(string @operator) => @operator switch
    {
        "&" => "and",
        "|" => "or",
        "+" => "with",
        "-" => "without",
        "<IF>" => "if",
        "<UNLESS>" => "unless",
        _ => throw new NotSupportedException($"the operator '{@operator}'"),
    };

    private sealed class Parser(string text)
    {
        // Longer ones first: the first that matches is taken.
        private static readonly string[] Operators =
        [
            "<NAMESPACE>", "<FILECONFLICT>", "<MULTIARCH>", "<UNLESS>", "<ERROR>", "<CONDA>", "<ELSE>", "<KIND>", "<IF>", "<=>",
            "compat >=", "<=", ">=", "<>", "=", ">", "<", "&", "|", "+", "-", ".",
        ];

        private int _position;
        private bool _failed;

        public bool AtEnd => !_failed && _position == text.Length;

        public TestcaseDependency Chain(bool afterComparison)
        {
            SkipBlanks();
            var space = TakeNamespace();
            TestcaseDependency left;
            if (_position < text.Length && text[_position] == '(')
            {
                _position++;
                left = Chain(afterComparison: false);
                _failed |= _position >= text.Length || text[_position] != ')';
                _position++;
            }
            else
            {
                left = new Name(TakeName());
            }

            left = space is null ? left : new Name($"{space}({(left as Name)?.Text})");
            while (!_failed)
            {
                SkipBlanks();
                if (_position >= text.Length || text[_position] == ')' || afterComparison)
                {
                    return left;
                }

                var @operator = Array.Find(Operators, o => string.CompareOrdinal(text, _position, o, 0, o.Length) == 0);
                if (@operator is null)
                {
                    _failed = true;
                    break;
                }

                _position += @operator.Length;
                left = new Relation(left, @operator, Chain(Comparison(@operator) is not null));
            }

            return left;
        }

        private void SkipBlanks()
        {
            while (_position < text.Length && text[_position] is ' ' or '\t')
            {
                _position++;
            }
        }

        private string? TakeNamespace()
        {
            const string prefix = "namespace:";
            var open = text.IndexOf('(', _position);
            if (string.CompareOrdinal(text, _position, prefix, 0, prefix.Length) != 0 || open < 0)
            {
                return null;
            }

            var space = text[_position..open];
            _position = open;
            return space;
        }

        private string TakeName()
        {
            var start = _position;
            var open = 0;
            while (_position < text.Length && text[_position] > ' ')
            {
                if (text[_position] == '(')
                {
                    open++;
                }
                else if (text[_position] == ')' && open-- <= 0)
                {
                    break;
                }

                _position++;
            }

            return Unescape(text[start.._position]);
        }

        private static string Unescape(string name)
        {
            var result = new StringBuilder();
            for (var i = 0; i < name.Length; i++)
            {
                if (name[i] == '\\' && i + 2 < name.Length
                    && byte.TryParse(name.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
                {
                    result.Append((char)code);
                    i += 2;
                }
                else
                {
                    result.Append(name[i]);
                }
            }

            return result.ToString();
        }
    }
}
