using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>The commands that change the shell itself: POSIX.1-2017, section 2.14.</summary>
internal static class ShellBuiltins
{
    // Real ones that scriptlets rarely use, and that would be taken for missing programs otherwise.
    private static readonly HashSet<string> Unsupported = new(StringComparer.Ordinal)
    {
        "[[", ".", "alias", "bg", "command", "declare", "eval", "exec", "fg", "function", "getopts", "hash", "jobs", "let", "mapfile",
        "printenv", "readarray", "select", "shopt", "source", "time", "times", "trap", "type", "typeset", "ulimit", "wait",
    };

    /// <summary>Runs a builtin.</summary>
    /// <returns>Its status, or null where the name is no builtin's.</returns>
    public static int? TryRun(string name, List<string> arguments, ShellState state, ScriptletMachine machine)
    {
        switch (name)
        {
            case "exit":
                throw new ShellExit(Number(arguments, state.Status));
            case "return":
                throw new ShellJump(JumpKind.Return, Number(arguments, state.Status));
            case "break":
                throw new ShellJump(JumpKind.Break, Number(arguments, 1));
            case "continue":
                throw new ShellJump(JumpKind.Continue, Number(arguments, 1));
            case "cd":
                return ChangeFolder(arguments, state, machine);
            case "set":
                return SetOptions(arguments, state);
            case "shift":
                state.Arguments = [.. state.Arguments.Skip(Number(arguments, 1))];
                return 0;
            case "export" or "local" or "readonly":
                return Assign(arguments, state);
            case "unset":
                arguments.ForEach(argument => state.Variables.Remove(argument));
                return 0;
            case "umask" when arguments is ["022" or "0022"]:
                return 0;
            case "umask":
                throw new UnsupportedScriptException("another umask");
            default:
                return Unsupported.Contains(name) ? throw new UnsupportedScriptException($"the shell's '{name}'") : null;
        }
    }

    /// <summary>What fields are separated by unless a script says otherwise.</summary>
    public const string FieldSeparators = " \t\n";

    /// <summary><c>read</c>: takes a line apart into variables.</summary>
    public static int Read(List<string> arguments, string separators, ShellState state, ShellInput input)
    {
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

        var rest = line.AsSpan().Trim(separators);
        for (var i = 0; i < arguments.Count; i++)
        {
            var end = i == arguments.Count - 1 ? -1 : rest.IndexOfAny(separators);
            state.Set(arguments[i], (end < 0 ? rest : rest[..end]).ToString());
            rest = end < 0 ? [] : rest[end..].TrimStart(separators);
        }

        return ended ? 0 : 1;
    }

    private static int ChangeFolder(List<string> arguments, ShellState state, ScriptletMachine machine)
    {
        var target = ScriptletMachine.Absolute(state.WorkingFolder, arguments is [var one] ? one : "/");
        if (machine.Tree.Resolve(target) is not { Inode.IsDirectory: true })
        {
            return 2;
        }

        state.WorkingFolder = target;
        return 0;
    }

    private static int SetOptions(List<string> arguments, ShellState state)
    {
        foreach (var argument in arguments)
        {
            if (argument == "-o")
            {
                throw new UnsupportedScriptException("the option 'set -o'");
            }

            state.ExitOnError = argument switch
            {
                "-e" or "-eu" or "-ex" or "-ue" => true,
                "+e" => false,
                "-x" or "+x" or "-u" or "+u" or "-v" or "+v" => state.ExitOnError,
                _ => throw new UnsupportedScriptException($"the option 'set {argument}'"),
            };
        }

        return 0;
    }

    private static int Assign(List<string> arguments, ShellState state)
    {
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                state.Set(argument[..equals], argument[(equals + 1)..]);
            }
        }

        return 0;
    }

    private static int Number(List<string> arguments, int otherwise) =>
        arguments.Count == 0 ? otherwise
        : int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UnsupportedScriptException($"'{arguments[0]}' where a number is expected");
}
