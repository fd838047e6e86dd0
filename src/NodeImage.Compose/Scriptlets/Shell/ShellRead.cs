namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary><c>read</c>: takes a line apart into variables, as POSIX.1-2017, section 2.6.5, splits fields.</summary>
internal static class ShellRead
{
    private const string Blanks = " \t\n";

    /// <summary>Runs the command; the variable <c>IFS</c>, where it is given in front of it, is in <paramref name="state"/>.</summary>
    public static int Run(List<string> arguments, ShellState state, ShellInput input)
    {
        var separators = state.Variables.GetValueOrDefault("IFS", Blanks);
        var raw = arguments.Remove("-r");
        if (arguments.Exists(argument => argument.StartsWith('-')) || arguments.Count == 0)
        {
            throw new UnsupportedScriptException("an option of the shell's 'read'");
        }

        var ended = input.ReadLine(out var line);
        if (!raw && line.Contains('\\', StringComparison.Ordinal))
        {
            throw new UnsupportedScriptException("the shell's 'read' without -r");
        }

        var rest = TrimBlanks(line, separators, end: false);
        for (var i = 0; i < arguments.Count - 1; i++)
        {
            (var field, rest) = TakeField(rest, separators);
            state.Set(arguments[i], field);
        }

        state.Set(arguments[^1], LastField(rest, separators));
        return ended ? 0 : 1;
    }

    private static (string Field, string Remaining) TakeField(string text, string separators)
    {
        var end = text.AsSpan().IndexOfAny(separators);
        if (end < 0)
        {
            return (text, "");
        }

        // Blanks, and at most one separator of another kind among them.
        var rest = TrimBlanks(text[end..], separators, end: false);
        if (rest.Length > 0 && separators.Contains(rest[0], StringComparison.Ordinal))
        {
            rest = TrimBlanks(rest[1..], separators, end: false);
        }

        return (text[..end], rest);
    }

    // The last variable has all that is left; a separator that ends a single field goes with it.
    private static string LastField(string rest, string separators)
    {
        rest = TrimBlanks(rest, separators, end: true);
        var (field, remaining) = TakeField(rest, separators);
        return remaining.Length == 0 ? field : rest;
    }

    private static string TrimBlanks(string text, string separators, bool end)
    {
        var blanks = Blanks.Where(c => separators.Contains(c, StringComparison.Ordinal)).ToArray();
        return blanks.Length == 0 ? text : end ? text.TrimEnd(blanks) : text.TrimStart(blanks);
    }
}
