using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>The commands that change the shell itself: POSIX.1-2017, section 2.14.</summary>
internal static class ShellBuiltins
{
    // Real ones that scriptlets rarely use, and that would be taken for missing programs otherwise.
    private static readonly HashSet<string> Unsupported = new(StringComparer.Ordinal)
    {
        "[[", ".", "alias", "bg", "bind", "builtin", "caller", "command", "compgen", "complete", "compopt", "declare", "dirs", "disown", "enable", "eval", "exec",
        "fc", "fg", "function", "getopts", "hash", "help", "history", "jobs", "kill", "let", "logout", "mapfile", "popd", "pushd", "readarray",
        "select", "shopt", "source", "suspend", "time", "times", "trap", "type", "typeset", "ulimit", "unalias", "wait",
    };

    /// <summary>Whether a command takes assignments as its arguments, which are then expanded as such.</summary>
    public static bool IsDeclaration(string name) => name is "export" or "local" or "readonly";

    /// <summary>Runs a builtin.</summary>
    /// <returns>Its status, or null where the name is no builtin's.</returns>
    public static int? TryRun(string name, List<string> arguments, ShellState state, ScriptletMachine machine, ShellStreams streams)
    {
        switch (name)
        {
            case "exit":
                throw new ShellExit(Number(arguments, state.Status) & 0xff);
            case "return":
                throw state.Calls > 0 ? new ShellJump(JumpKind.Return, Number(arguments, state.Status) & 0xff) : new UnsupportedScriptException("'return' outside of a function");
            case "break":
                return Jump(JumpKind.Break, arguments, state);
            case "continue":
                return Jump(JumpKind.Continue, arguments, state);
            case "cd":
                return ChangeFolder(arguments, state, machine, streams);
            case "pwd" when arguments.Count == 0:
                streams.Output.WriteLine(state.WorkingFolder);
                return 0;
            case "set":
                return SetOptions(arguments, state);
            case "shift":
                return Shift(Number(arguments, 1), state);
            case "export" or "local" or "readonly":
                return Declare(name, arguments, state);
            case "unset":
                return Unset(arguments, state);
            case "umask" when arguments is ["022" or "0022"]:
                return 0;
            case "umask":
                throw new UnsupportedScriptException("another umask");
            case "read":
                return ShellRead.Run(arguments, state, streams.Input);
            default:
                return Unsupported.Contains(name) ? throw new UnsupportedScriptException($"the shell's '{name}'") : null;
        }
    }

    private static int Jump(JumpKind kind, List<string> arguments, ShellState state)
    {
        var levels = Number(arguments, 1);
        if (levels == 0 || (state.Loops == 0 && (state.IsSubshell || state.Calls > 0)))
        {
            // Shells disagree on loops that lie around a subshell or a function.
            throw new UnsupportedScriptException("a jump out of a loop from afar");
        }

        return state.Loops == 0 ? 0 : throw new ShellJump(kind, Math.Min(levels, state.Loops));
    }

    private static int ChangeFolder(List<string> arguments, ShellState state, ScriptletMachine machine, ShellStreams streams)
    {
        if (arguments is not [var folder] || folder.Length == 0 || folder[0] == '-' || state.Variables.ContainsKey("CDPATH"))
        {
            throw new UnsupportedScriptException("the shell's 'cd' of this kind");
        }

        var target = ScriptletMachine.Absolute(state.WorkingFolder, folder);
        if (machine.Tree.Resolve(target) is not { Inode.IsDirectory: true })
        {
            streams.Error.WriteLine($"cd: {folder}: No such file or directory");
            return 1;
        }

        state.Set("OLDPWD", state.WorkingFolder);
        state.WorkingFolder = target;
        state.Set("PWD", target);
        return 0;
    }

    private static int SetOptions(List<string> arguments, ShellState state)
    {
        if (arguments.Count == 0)
        {
            throw new UnsupportedScriptException("the shell's 'set' without options");
        }

        foreach (var argument in arguments)
        {
            if (argument.Length < 2 || argument[0] is not ('-' or '+') || argument.AsSpan(1).IndexOfAnyExcept("euxv") >= 0)
            {
                throw new UnsupportedScriptException($"the option 'set {argument}'");
            }

            var on = argument[0] == '-';
            state.ExitOnError = argument.Contains('e', StringComparison.Ordinal) ? on : state.ExitOnError;
            state.RefuseUnset = argument.Contains('u', StringComparison.Ordinal) ? on : state.RefuseUnset;
        }

        return 0;
    }

    private static int Shift(int count, ShellState state)
    {
        if (count > state.Arguments.Count)
        {
            return 1;
        }

        state.Arguments = [.. state.Arguments.Skip(count)];
        return 0;
    }

    private static int Declare(string name, List<string> arguments, ShellState state)
    {
        if (arguments.Count == 0 || (name == "local" && state.Calls == 0))
        {
            throw new UnsupportedScriptException($"the shell's '{name}' of this kind");
        }

        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var variable = equals < 0 ? argument : argument[..equals];
            if (variable.Length == 0 || char.IsAsciiDigit(variable[0]) || variable.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            {
                throw new UnsupportedScriptException($"'{argument}' of the shell's '{name}'");
            }

            if (name == "local")
            {
                state.MakeLocal(variable);
            }

            if (equals >= 0)
            {
                state.Set(variable, argument[(equals + 1)..]);
            }

            _ = name switch
            {
                "export" => state.Exported.Add(variable),
                "readonly" => state.ReadOnly.Add(variable),
                _ => false,
            };
        }

        return 0;
    }

    private static int Unset(List<string> arguments, ShellState state)
    {
        var names = arguments is ["-v", ..] ? arguments.GetRange(1, arguments.Count - 1) : arguments;
        foreach (var name in names)
        {
            if (name.StartsWith('-') || name.Contains('[', StringComparison.Ordinal) || name == "IFS" || state.ReadOnly.Contains(name) || (state.Functions.ContainsKey(name) && !state.Variables.ContainsKey(name)))
            {
                throw new UnsupportedScriptException($"'{name}' of the shell's 'unset'");
            }

            state.Variables.Remove(name);
            state.Exported.Remove(name);
        }

        return 0;
    }

    private static int Number(List<string> arguments, int otherwise) =>
        arguments.Count == 0 ? otherwise
        : arguments.Count == 1 && int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UnsupportedScriptException($"'{string.Join(' ', arguments)}' where a number is expected");
}
