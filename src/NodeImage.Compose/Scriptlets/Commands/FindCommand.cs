using System.Globalization;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>find</c> with the tests that tell names, kinds and depths, and with <c>-print</c>.</summary>
internal sealed class FindCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["find"];

    public int Run(CommandCall call)
    {
        var places = call.Arguments.TakeWhile(argument => argument.Length == 0 || argument[0] is not ('-' or '(' or '!')).ToList();
        var expression = new Expression(call, call.Arguments.GetRange(places.Count, call.Arguments.Count - places.Count));
        var test = expression.Parse();
        var status = 0;
        foreach (var place in places.Count == 0 ? ["."] : places)
        {
            if (place.Length == 0 || (place.Length > 1 && place.EndsWith('/')))
            {
                throw call.Unsupported($"'{place}'");
            }

            if (call.Tree.Resolve(call.Path(place), followLast: false) is not { } start)
            {
                status = call.Fail(1, $"'{place}': No such file or directory");
                continue;
            }

            foreach (var node in FileTree.Walk(start))
            {
                var below = node == start ? "" : node.Path[(start.Parent is null ? 0 : start.Path.Length)..];
                var depth = below.Count(c => c == '/');
                if (depth >= expression.MinDepth && depth <= expression.MaxDepth && test(node))
                {
                    call.Streams.Output.WriteLine(place == "/" && below.Length > 0 ? below : place + below);
                }
            }
        }

        return status;
    }

    private sealed class Expression(CommandCall call, List<string> words)
    {
        private int _next;

        public int MinDepth { get; private set; }

        public int MaxDepth { get; private set; } = int.MaxValue;

        public Func<FileNode, bool> Parse()
        {
            var test = words.Count == 0 ? _ => true : Or();
            return _next == words.Count ? test : throw call.Unsupported(words[_next]);
        }

        private Func<FileNode, bool> Or()
        {
            var left = And();
            while (Take("-o"))
            {
                var (first, second) = (left, And());
                left = node => first(node) || second(node);
            }

            return left;
        }

        private Func<FileNode, bool> And()
        {
            var left = Primary();
            while (_next < words.Count && words[_next] is not ("-o" or ")"))
            {
                Take("-a");
                var (first, second) = (left, Primary());
                left = node => first(node) && second(node);
            }

            return left;
        }

        private Func<FileNode, bool> Primary()
        {
            if (Take("!"))
            {
                var inner = Primary();
                return node => !inner(node);
            }

            if (Take("("))
            {
                var inner = Or();
                return Take(")") ? inner : throw call.Unsupported("(");
            }

            var word = Next();
            switch (word)
            {
                case "-print" when _next == words.Count && !HasAlternatives() && (words.Count == 1 || words[^2] != "!"):
                    return _ => true;
                case "-name":
                    var pattern = Next();
                    return node => ShellPattern.IsMatch(pattern, node.Name);
                case "-type":
                    var type = TypeOf(Next());
                    return node => node.Inode.Type == type;
                case "-mindepth":
                    MinDepth = Depth();
                    return _ => true;
                case "-maxdepth":
                    MaxDepth = Depth();
                    return _ => true;
                default:
                    throw call.Unsupported(word);
            }
        }

        private FileType TypeOf(string letter) => letter switch
        {
            "f" => FileType.Regular,
            "d" => FileType.Directory,
            "l" => FileType.SymbolicLink,
            _ => throw call.Unsupported(letter),
        };

        // Then what is printed would not be what the whole is true for.
        private bool HasAlternatives()
        {
            var depth = 0;
            return words.Exists(word => (depth += word switch { "(" => 1, ")" => -1, _ => 0 }) == 0 && word == "-o");
        }

        private int Depth() => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : throw call.Unsupported("a depth");

        private string Next() => _next < words.Count ? words[_next++] : throw call.Unsupported(words[^1]);

        private bool Take(string word)
        {
            if (_next >= words.Count || words[_next] != word)
            {
                return false;
            }

            _next++;
            return true;
        }
    }
}
