namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>cat</c>.</summary>
internal sealed class CatCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["cat"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, [], []);
        if (options.Operands.Count == 0)
        {
            call.Streams.Output.Write(call.Streams.Input.ReadAll());
            return 0;
        }

        var status = 0;
        foreach (var operand in options.Operands)
        {
            if (operand == "-")
            {
                call.Streams.Output.Write(call.Streams.Input.ReadAll());
            }
            else if (call.Tree.Resolve(call.Path(operand))?.Inode.Content is { } content)
            {
                call.Streams.Output.Write(ScriptletText.Read(call.Machine, content));
            }
            else
            {
                status = call.Fail(1, $"{operand}: No such file or directory");
            }
        }

        return status;
    }
}
