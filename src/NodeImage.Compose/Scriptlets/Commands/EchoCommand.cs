namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>echo</c>, with bash's <c>-n</c>.</summary>
internal sealed class EchoCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["echo"];

    public int Run(CommandCall call)
    {
        if (call.Arguments.Count > 0 && call.Arguments[0] is "-e" or "-E" or "-ne" or "-en")
        {
            throw call.Unsupported(call.Arguments[0]);
        }

        var plain = call.Arguments.Count > 0 && call.Arguments[0] == "-n";
        call.Streams.Output.Write(string.Join(' ', call.Arguments.Skip(plain ? 1 : 0)) + (plain ? "" : "\n"));
        return 0;
    }
}
