using System.Text.RegularExpressions;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>grep</c>, for fixed strings and for patterns that mean the same in every dialect.</summary>
internal sealed partial class GrepCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["grep"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["q=quiet=silent", "F=fixed-strings", "x=line-regexp", "v=invert-match", "s=no-messages"], []);
        if (options.Operands is not [var pattern, .. var files])
        {
            throw call.Unsupported("no pattern");
        }

        if (!options.Has("F") && !PlainPattern().IsMatch(pattern))
        {
            throw call.Unsupported(pattern);
        }

        var (atStart, atEnd) = (!options.Has("F") && pattern.StartsWith('^'), !options.Has("F") && pattern.EndsWith('$'));
        var text = pattern[(atStart ? 1 : 0)..^(atEnd ? 1 : 0)];
        var found = false;
        foreach (var line in Inputs(call, files).SelectMany(Lines))
        {
            var hit = Matches(line, text, atStart || options.Has("x"), atEnd || options.Has("x")) != options.Has("v");
            found |= hit;
            if (hit && !options.Has("q"))
            {
                call.Streams.Output.WriteLine(line);
            }
        }

        return found ? 0 : 1;
    }

    private static IEnumerable<string> Inputs(CommandCall call, List<string> files) => files.Count == 0
        ? [call.Streams.Input.ReadAll()]
        : files.Count == 1
            ? files.Select(file => call.Tree.Resolve(call.Path(file))?.Inode.Content?.ReadText() ?? "")
            : throw call.Unsupported("several files");

    private static IEnumerable<string> Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    private static bool Matches(string line, string text, bool atStart, bool atEnd) => (atStart, atEnd) switch
    {
        (true, true) => line == text,
        (true, false) => line.StartsWith(text, StringComparison.Ordinal),
        (false, true) => line.EndsWith(text, StringComparison.Ordinal),
        _ => line.Contains(text, StringComparison.Ordinal),
    };

    [GeneratedRegex(@"^\^?[A-Za-z0-9 _:/,=@-]*\$?$")]
    private static partial Regex PlainPattern();
}
