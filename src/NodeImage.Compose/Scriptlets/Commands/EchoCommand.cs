namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>echo</c>, with bash's <c>-n</c> and <c>-E</c>.</summary>
internal sealed class EchoCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["echo"];

    public int Run(CommandCall call)
    {
        var options = call.Arguments.TakeWhile(argument => argument.Length > 1 && argument[0] == '-' && argument.AsSpan(1).IndexOfAnyExcept("neE") < 0).ToList();
        if (options.Find(option => option.Contains('e', StringComparison.Ordinal)) is { } escapes)
        {
            throw call.Unsupported(escapes);
        }

        var plain = options.Exists(option => option.Contains('n', StringComparison.Ordinal));
        call.Streams.Output.Write(string.Join(' ', call.Arguments.Skip(options.Count)) + (plain ? "" : "\n"));
        return 0;
    }
}
