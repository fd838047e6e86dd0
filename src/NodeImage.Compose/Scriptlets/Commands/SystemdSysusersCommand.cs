using NodeImage.Compose.Accounts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>systemd-sysusers(8)</c>: the accounts of <c>sysusers.d</c>, of named files, or of lines given on its input.</summary>
internal sealed class SystemdSysusersCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemd-sysusers"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["inline"], ["replace"]);
        IEnumerable<SysusersLine> lines = options switch
        {
            _ when options.Has("inline") => SysusersLine.Parse(string.Join('\n', options.Operands)),
            { Operands.Count: 0 } => Sysusers.ReadAll(call.Tree),
            _ => options.Operands.SelectMany(operand => SysusersLine.Parse(operand == "-" ? call.Streams.Input.ReadAll() : ReadFile(call, operand))),
        };
        Sysusers.Apply(call.Machine.Accounts, call.Tree, lines);
        return 0;
    }

    private static string ReadFile(CommandCall call, string operand)
    {
        var path = operand.StartsWith('/') ? operand : ImagePath.Join("/usr/lib/sysusers.d", operand);
        return call.Tree.Resolve(path)?.Inode.Content is { } content ? ScriptletText.Read(call.Machine, content) : throw call.Unsupported(operand);
    }
}
