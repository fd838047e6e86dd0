using System.Globalization;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>test</c> and <c>[</c>: POSIX.1-2017, with the old <c>-a</c> and <c>-o</c>.</summary>
internal sealed class TestCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["test", "["];

    public int Run(CommandCall call)
    {
        var arguments = call.Arguments.ToList();
        if (call.Name == "[")
        {
            if (arguments.Count == 0 || arguments[^1] != "]")
            {
                return call.Fail(2, "missing ]");
            }

            arguments.RemoveAt(arguments.Count - 1);
        }

        if (arguments.Count == 0)
        {
            return 1;
        }

        var evaluation = new Evaluation(call, arguments);
        return evaluation.Whole() ? 0 : 1;
    }

    private sealed class Evaluation(CommandCall call, List<string> words)
    {
        private int _next;

        public bool Whole()
        {
            // Three words with an operator in the middle are that comparison, whatever the outer two look like.
            if (words is [var left, var op, var right] && Binary(left, op, right) is { } comparison)
            {
                return comparison;
            }

            var value = Or();
            return _next == words.Count ? value : throw call.Unsupported(words[_next]);
        }

        private bool Or()
        {
            var value = And();
            while (Take("-o"))
            {
                value |= And();
            }

            return value;
        }

        private bool And()
        {
            var value = Not();
            while (Take("-a"))
            {
                value &= Not();
            }

            return value;
        }

        private bool Not()
        {
            if (_next + 1 < words.Count && Take("!"))
            {
                return !Not();
            }

            if (words.Count - _next >= 3 && Take("("))
            {
                var value = Or();
                return Take(")") ? value : throw call.Unsupported("(");
            }

            return Primary();
        }

        private bool Primary()
        {
            if (_next + 2 < words.Count && Binary(words[_next], words[_next + 1], words[_next + 2]) is { } binary)
            {
                _next += 3;
                return binary;
            }

            if (_next + 1 < words.Count && Unary(words[_next], words[_next + 1]) is { } unary)
            {
                _next += 2;
                return unary;
            }

            return _next < words.Count ? words[_next++].Length > 0 : throw call.Unsupported("test");
        }

        private bool? Binary(string left, string op, string right) => op switch
        {
            "=" or "==" => left == right,
            "!=" => left != right,
            "-eq" => Number(left) == Number(right),
            "-ne" => Number(left) != Number(right),
            "-lt" => Number(left) < Number(right),
            "-le" => Number(left) <= Number(right),
            "-gt" => Number(left) > Number(right),
            "-ge" => Number(left) >= Number(right),
            "-ef" => call.Tree.Resolve(call.Path(left)) is { } node && node == call.Tree.Resolve(call.Path(right)),
            "-nt" or "-ot" => throw call.Unsupported(op),
            _ => null,
        };

        private bool? Unary(string op, string operand) => op switch
        {
            "-n" => operand.Length > 0,
            "-z" => operand.Length == 0,
            "-e" or "-a" => Follow(operand) is not null,
            "-f" => Follow(operand)?.Type == FileType.Regular,
            "-d" => Follow(operand)?.Type == FileType.Directory,
            "-b" => Follow(operand)?.Type == FileType.BlockDevice,
            "-c" => Follow(operand)?.Type == FileType.CharacterDevice,
            "-p" => Follow(operand)?.Type == FileType.Fifo,
            "-S" => false,
            "-L" or "-h" => call.Tree.Resolve(call.Path(operand), followLast: false)?.Inode.IsSymbolicLink == true,
            "-s" => Follow(operand) is { } inode && (inode.Content is null || inode.Content.Length > 0),

            // Scriptlets run as root, who may read and write everything, and run what anyone may.
            "-r" or "-w" => Follow(operand) is not null,
            "-x" => Follow(operand) is { } inode && (inode.IsDirectory || (inode.Mode & 0b001_001_001) != 0),
            "-u" => (Follow(operand)?.Mode & 0b100_000_000_000) > 0,
            "-g" => (Follow(operand)?.Mode & 0b010_000_000_000) > 0,
            "-k" => (Follow(operand)?.Mode & 0b001_000_000_000) > 0,
            "-t" => false,
            _ => null,
        };

        private Inode? Follow(string path) => path.Length == 0 ? null : call.Tree.Resolve(call.Path(path))?.Inode;

        private bool Take(string word)
        {
            if (_next >= words.Count || words[_next] != word)
            {
                return false;
            }

            _next++;
            return true;
        }

        private long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw call.Unsupported(text);
    }
}
