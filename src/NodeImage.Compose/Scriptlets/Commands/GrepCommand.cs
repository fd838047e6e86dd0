using System.Text.RegularExpressions;
using NodeImage.Compose.Scriptlets.Shell;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>grep</c>, <c>egrep</c> and <c>fgrep</c>.</summary>
internal sealed class GrepCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["grep", "egrep", "fgrep"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["q=quiet=silent", "F=fixed-strings", "E=extended-regexp", "x=line-regexp", "v=invert-match", "s=no-messages", "i=ignore-case", "c=count"], ["e=regexp"]);
        var patterns = options.Values("e");
        var files = options.Operands;
        if (patterns.Count == 0)
        {
            if (files.Count == 0)
            {
                return call.Fail(2, "no pattern");
            }

            patterns = [files[0]];
            files = files.GetRange(1, files.Count - 1);
        }

        if (files.Count > 1)
        {
            throw call.Unsupported("several files");
        }

        if (files.Count == 1 && call.Tree.Resolve(call.Path(files[0]))?.Inode.Content is null)
        {
            return options.Has("s") ? 2 : call.Fail(2, $"{files[0]}: No such file or directory");
        }

        call.Machine.Budget.Charge((long)patterns.Count * ScriptletBudget.ExpressionCost);
        var matchers = patterns.ConvertAll(pattern => Matcher(call, options, pattern));
        var text = files.Count == 0 ? call.Streams.Input.ReadAll() : ScriptletText.Read(call.Machine, call.Tree.Resolve(call.Path(files[0]))!.Inode.Content!);
        var hits = Lines(text).Where(line => matchers.Exists(matcher => matcher.IsMatch(line)) != options.Has("v")).ToList();
        if (options.Has("c"))
        {
            call.Streams.Output.WriteLine(hits.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (!options.Has("q"))
        {
            hits.ForEach(call.Streams.Output.WriteLine);
        }

        return hits.Count > 0 ? 0 : 1;
    }

    private static Regex Matcher(CommandCall call, CommandLineOptions options, string pattern)
    {
        var isFixed = options.Has("F") || call.Name.EndsWith("fgrep", StringComparison.Ordinal);
        var isExtended = options.Has("E") || call.Name.EndsWith("egrep", StringComparison.Ordinal);
        var regex = isFixed ? new Regex(Regex.Escape(pattern), options.Has("i") ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None) : PosixRegex.Compile(pattern, isExtended, options.Has("i"));
        return options.Has("x") ? new Regex($"\\A(?:{regex})\\z", regex.Options, regex.MatchTimeout) : regex;
    }

    private static IEnumerable<string> Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
