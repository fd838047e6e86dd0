namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>sort</c> of its input, byte for byte.</summary>
internal sealed class SortCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["sort"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["u=unique"], []);
        if (options.Operands.Count > 0)
        {
            throw call.Unsupported(options.Operands[0]);
        }

        var text = call.Streams.Input.ReadAll();
        IEnumerable<string> lines = text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Order(StringComparer.Ordinal);
        foreach (var line in options.Has("u") ? lines.Distinct(StringComparer.Ordinal) : lines)
        {
            call.Streams.Output.WriteLine(line);
        }

        return 0;
    }
}
