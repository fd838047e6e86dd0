using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>
/// Carries out a script over a file tree, with commands written in C# in the place of the image's programs. What it does
/// not understand it refuses, and never guesses.
/// </summary>
internal sealed class ShellInterpreter
{
    private const int MaxSteps = 200_000;
    private const int MaxCallDepth = 64;
    private const int ProgramCost = 8 << 10;
    private const int MaxScriptSize = 1 << 20;
    private const int MaxWrapperSize = 4 << 10;

    // Where a scriptlet lies while rpm runs it.
    private const string ScriptPath = "/var/tmp/rpm-tmp.scriptlet";

    private readonly ScriptletMachine _machine;
    private readonly CommandCatalogue _commands;
    private int _steps;
    private int _callDepth;
    private int _substitutions;

    public ShellInterpreter(ScriptletMachine machine, CommandCatalogue commands)
    {
        _machine = machine;
        _commands = commands;
    }

    /// <summary>Runs a whole script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="streams">Its input and outputs.</param>
    /// <param name="isBash">Whether it is run by bash under its own name, which is not quite the shell of POSIX.</param>
    /// <returns>Its exit status.</returns>
    /// <exception cref="UnsupportedScriptException">It goes beyond what is understood; the tree may have been changed already.</exception>
    public int Run(ShellCommand script, IReadOnlyList<string> arguments, ShellStreams streams, bool isBash = false)
    {
        var state = new ShellState { Arguments = arguments, IsBash = isBash, ScriptName = ScriptPath };
        ShellEnvironment.Fill(state, []);
        return RunWhole(script, state, streams);
    }

    private int RunWhole(ShellCommand script, ShellState state, ShellStreams streams)
    {
        try
        {
            return Run(script, state, streams, canFail: false);
        }
        catch (ShellExit exit)
        {
            return exit.Status;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new UnsupportedScriptException("an expression that takes too long");
        }
    }

    private int Run(ShellCommand command, ShellState state, ShellStreams streams, bool canFail)
    {
        if (++_steps > MaxSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new UnsupportedScriptException("more steps than any scriptlet takes");
        }

        state.Status = command switch
        {
            CommandList list => RunList(list, state, streams, canFail),
            AndOr both => RunAndOr(both, state, streams, canFail),
            Negation negation => Run(negation.Command, state, streams, canFail: true) == 0 ? 1 : 0,
            Pipeline pipeline => Checked(RunPipeline(pipeline, state, streams, canFail), state, canFail),
            SimpleCommand simple => RunSimple(simple, state, streams, canFail),
            Redirected redirected => Run(redirected.Command, state, Redirect(redirected.Redirections, state, streams), canFail),
            Group { IsSubshell: false } group => Run(group.Body, state, streams, canFail),
            Group group => Checked(RunSubshell(group.Body, state, streams, canFail, state.ExitOnError), state, canFail),
            IfCommand branch => RunIf(branch, state, streams, canFail),
            ForCommand loop => RunFor(loop, state, streams, canFail),
            WhileCommand loop => RunWhile(loop, state, streams, canFail),
            CaseCommand choice => RunCase(choice, state, streams, canFail),
            FunctionDefinition function => Define(function, state),
            _ => throw new UnsupportedScriptException("a command of an unknown kind"),
        };
        return state.Status;
    }

    // What set -e looks at: simple commands, pipelines and subshells, unless a condition asked for them.
    private static int Checked(int status, ShellState state, bool canFail) => status != 0 && state.ExitOnError && !canFail ? throw new ShellExit(status) : status;

    private int RunList(CommandList list, ShellState state, ShellStreams streams, bool canFail)
    {
        var status = 0;
        foreach (var command in list.Commands)
        {
            status = Run(command, state, streams, canFail);
        }

        return status;
    }

    private int RunAndOr(AndOr both, ShellState state, ShellStreams streams, bool canFail)
    {
        var status = Run(both.Left, state, streams, canFail: true);
        return status == 0 == both.WhenSuccessful ? Run(both.Right, state, streams, canFail) : status;
    }

    private int RunPipeline(Pipeline pipeline, ShellState state, ShellStreams streams, bool canFail)
    {
        var input = streams.Input;
        var status = 0;
        for (var i = 0; i < pipeline.Commands.Count; i++)
        {
            var last = i == pipeline.Commands.Count - 1;
            var output = last ? streams.Output : new TextSink();
            status = RunSubshell(pipeline.Commands[i], state, streams with { Input = input, Output = output }, canFail, state.ExitOnError);
            _machine.Budget.Charge((output as TextSink)?.Length ?? 0);
            input = new ShellInput(last ? "" : output.ToString()!);
        }

        return status;
    }

    private int RunSubshell(ShellCommand body, ShellState state, ShellStreams streams, bool canFail, bool exitOnError)
    {
        try
        {
            return Run(body, state.Fork(exitOnError), streams, canFail);
        }
        catch (ShellExit exit)
        {
            return exit.Status;
        }
        catch (ShellJump jump) when (jump.Kind == JumpKind.Return)
        {
            return jump.Levels;
        }
    }

    private int RunIf(IfCommand branch, ShellState state, ShellStreams streams, bool canFail)
    {
        foreach (var (condition, body) in branch.Branches)
        {
            if (Run(condition, state, streams, canFail: true) == 0)
            {
                return Run(body, state, streams, canFail);
            }
        }

        return branch.Otherwise is null ? 0 : Run(branch.Otherwise, state, streams, canFail);
    }

    private int RunFor(ForCommand loop, ShellState state, ShellStreams streams, bool canFail)
    {
        var status = 0;
        foreach (var value in loop.Words is null ? [.. state.Arguments] : Expander(state, streams, canFail).ExpandAll(loop.Words))
        {
            state.Set(loop.Variable, value);
            if (!RunTurn(loop.Body, state, streams, canFail, out status))
            {
                break;
            }
        }

        return status;
    }

    private int RunWhile(WhileCommand loop, ShellState state, ShellStreams streams, bool canFail)
    {
        var status = 0;
        while (RunTurn(loop.Condition, state, streams, canFail: true, out var condition) && condition == 0 != loop.Until)
        {
            if (!RunTurn(loop.Body, state, streams, canFail, out status))
            {
                break;
            }
        }

        return status;
    }

    // False where the loop is left.
    private bool RunTurn(ShellCommand body, ShellState state, ShellStreams streams, bool canFail, out int status)
    {
        state.Loops++;
        try
        {
            status = Run(body, state, streams, canFail);
            return true;
        }
        catch (ShellJump jump) when (jump.Kind != JumpKind.Return)
        {
            status = 0;
            return jump.Levels == 1 ? jump.Kind == JumpKind.Continue : throw new ShellJump(jump.Kind, jump.Levels - 1);
        }
        finally
        {
            state.Loops--;
        }
    }

    private int RunCase(CaseCommand choice, ShellState state, ShellStreams streams, bool canFail)
    {
        var expander = Expander(state, streams, canFail);
        var subject = expander.ExpandText(choice.Subject);
        foreach (var (patterns, body) in choice.Items)
        {
            if (patterns.Any(pattern => ShellPattern.IsMatch(expander.ExpandPattern(pattern), subject)))
            {
                return body is null or CommandList { Commands.Count: 0 } ? 0 : Run(body, state, streams, canFail);
            }
        }

        return 0;
    }

    private static int Define(FunctionDefinition function, ShellState state)
    {
        state.Functions[function.Name] = function.Body;
        return 0;
    }

    private int RunSimple(SimpleCommand command, ShellState state, ShellStreams streams, bool canFail)
    {
        var substitutions = _substitutions;
        var expander = Expander(state, streams, canFail);
        var words = ExpandWords(command.Words, expander);
        var inner = Redirect(command.Redirections, state, streams);
        if (words.Count > 0)
        {
            var assignments = command.Assignments.Select(assignment => KeyValuePair.Create(assignment.Name, expander.ExpandText(assignment.Value))).ToList();
            return Checked(Invoke(words, assignments, state, inner, canFail), state, canFail);
        }

        foreach (var (name, value) in command.Assignments)
        {
            state.Set(name, expander.ExpandText(value));
        }

        // Without a command, the status is that of the last substitution, which the state holds.
        return Checked(_substitutions > substitutions ? state.Status : 0, state, canFail);
    }

    private static List<string> ExpandWords(IReadOnlyList<Word> words, WordExpander expander) =>
        words is [{ Literal: { } name }, ..] && ShellBuiltins.IsDeclaration(name)
            ? [name, .. words.Skip(1).SelectMany(word => word.Parts is [LiteralPart { Quoted: false } first, ..] && first.Text.Contains('=', StringComparison.Ordinal) ? [expander.ExpandText(word)] : expander.ExpandAll([word]))]
            : expander.ExpandAll(words);

    private int Invoke(List<string> words, List<KeyValuePair<string, string>> assignments, ShellState state, ShellStreams streams, bool canFail)
    {
        var name = words[0];
        var arguments = words.GetRange(1, words.Count - 1);
        if (state.Functions.TryGetValue(name, out var function))
        {
            return assignments.Count == 0 ? CallFunction(function, arguments, state, streams, canFail) : throw new UnsupportedScriptException("a variable for a function alone");
        }

        if (name == "exec" && arguments.Count > 0 && IsProgram(arguments[0], state))
        {
            throw new ShellExit(Invoke(arguments, assignments, state, streams, canFail));
        }

        if (RunBuiltin(name, arguments, assignments, state, streams) is { } builtin)
        {
            return builtin;
        }

        var call = new CommandCall(_machine, state, name, arguments, streams);
        if (_commands.FindBuiltin(name) is { } standard)
        {
            return standard.Run(call);
        }

        _machine.Budget.Charge(ProgramCost);
        if (FindProgram(name, state) is not { } program)
        {
            streams.Error.WriteLine($"sh: {name}: not found");
            return 127;
        }

        return _commands.FindProgram(ImagePath.Name(name)) is { } known && Replaces(known, program.File, program.IsStandard)
            ? known.Run(call with { Program = program.File })
            : RunScript(program.File, assignments, call);
    }

    private int? RunBuiltin(string name, List<string> arguments, List<KeyValuePair<string, string>> assignments, ShellState state, ShellStreams streams)
    {
        // Separators are given in front of "read" for it alone.
        var separators = name == "read" ? assignments.FindLast(assignment => assignment.Key == "IFS").Value : null;
        if (separators is null)
        {
            var status = ShellBuiltins.TryRun(name, arguments, state, _machine, streams);
            return status is null || assignments.Count == 0 ? status : throw new UnsupportedScriptException($"a variable for the shell's '{name}' alone");
        }

        state.Variables["IFS"] = separators;
        try
        {
            return ShellBuiltins.TryRun(name, arguments, state, _machine, streams);
        }
        finally
        {
            state.Variables.Remove("IFS");
        }
    }

    // What "exec" would run: functions and the shell's own commands are no programs.
    private bool IsProgram(string name, ShellState state) => !state.Functions.ContainsKey(name) && _commands.FindBuiltin(name) is null && FindProgram(name, state) is not null;

    private static bool Replaces(IScriptletCommand command, FileNode program, bool isStandard) => command.LeavesScripts
        ? (isStandard || ImagePath.IsWithin(program.Path, "/usr/libexec")) && !IsScript(program)
        : isStandard;

    // No program of any other kind is so small.
    private static bool IsScript(FileNode program) => program.Inode.Content!.Length <= MaxWrapperSize && program.Inode.Content.ReadText().StartsWith("#!", StringComparison.Ordinal);

    // A program that is a script itself is carried out as the scriptlet is.
    private int RunScript(FileNode program, List<KeyValuePair<string, string>> assignments, CommandCall call)
    {
        if ((program.Inode.Mode & 0b001_001_001) == 0)
        {
            return call.Fail(126, "Permission denied");
        }

        // What is no script is named as the command that it is, not as a file that cannot be read.
        var isScript = program.Inode.Content!.Length <= MaxScriptSize && ScriptletText.ReadBytes(_machine, program.Inode.Content).AsSpan().StartsWith("#!"u8);
        var text = isScript ? ScriptletText.Read(_machine, program.Inode.Content) : "";
        var firstLine = text.Split('\n', 2)[0].TrimEnd(' ', '\t');
        if (firstLine is not ("#!/bin/sh" or "#!/usr/bin/sh" or "#!/bin/bash" or "#!/usr/bin/bash" or "#!/bin/sh -e" or "#!/bin/bash -e"))
        {
            throw new UnsupportedScriptException($"the command '{call.Name}'");
        }

        if (++_callDepth > MaxCallDepth)
        {
            throw new UnsupportedScriptException("scripts that call each other too deep");
        }

        var state = new ShellState
        {
            Arguments = call.Arguments,
            WorkingFolder = call.State.WorkingFolder,
            ScriptName = call.Name.Contains('/', StringComparison.Ordinal) ? call.Name : program.Path,
            IsBash = firstLine.Contains("bash", StringComparison.Ordinal),
            ExitOnError = firstLine.EndsWith("-e", StringComparison.Ordinal),
        };
        var exported = call.State.Exported.Order(StringComparer.Ordinal).Where(call.State.Variables.ContainsKey).Select(name => KeyValuePair.Create(name, call.State.Variables[name]));
        ShellEnvironment.Fill(state, exported.Concat(assignments));
        var status = RunWhole(ShellParser.Parse(text), state, call.Streams);
        _callDepth--;
        return status;
    }

    private int CallFunction(ShellCommand body, List<string> arguments, ShellState state, ShellStreams streams, bool canFail)
    {
        if (++_callDepth > MaxCallDepth)
        {
            throw new UnsupportedScriptException("functions that call each other too deep");
        }

        var (before, locals, loops) = (state.Arguments, state.Locals, state.Loops);
        (state.Arguments, state.Locals, state.Loops) = (arguments, null, 0);
        state.Calls++;
        try
        {
            return Run(body, state, streams, canFail);
        }
        catch (ShellJump jump) when (jump.Kind == JumpKind.Return)
        {
            return jump.Levels;
        }
        finally
        {
            foreach (var (name, value) in state.Locals ?? [])
            {
                state.Variables.Remove(name);
                if (value is not null)
                {
                    state.Variables[name] = value;
                }
            }

            (state.Arguments, state.Locals, state.Loops) = (before, locals, loops);
            state.Calls--;
            _callDepth--;
        }
    }

    // The program that would run; one that the image does not have cannot. What is done here in the place of programs are
    // those in the system's own folders, and systemd's: a program of the same name elsewhere is another one.
    private (FileNode File, bool IsStandard)? FindProgram(string name, ShellState state)
    {
        var search = state.Variables.GetValueOrDefault("PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [ScriptletMachine.Absolute(state.WorkingFolder, name)]
            : search.Select(folder => ScriptletMachine.Absolute(state.WorkingFolder, $"{folder}/{name}"));
        foreach (var path in candidates)
        {
            if (_machine.Tree.Resolve(path) is { Inode.IsRegular: true } file)
            {
                return (file, ImagePath.Parent(path) is "/usr/bin" or "/usr/sbin" or "/bin" or "/sbin" or "/usr/lib/systemd" or "/lib/systemd");
            }
        }

        return null;
    }

    private ShellStreams Redirect(IReadOnlyList<Redirection> redirections, ShellState state, ShellStreams streams)
    {
        foreach (var redirection in redirections)
        {
            var target = Expander(state, streams, canFail: true).ExpandText(redirection.Target);
            streams = (redirection.Kind, redirection.Descriptor) switch
            {
                (RedirectionKind.HereDocument, 0) => streams with { Input = new ShellInput(target) },
                (RedirectionKind.Read, 0) => streams with { Input = new ShellInput(ReadInput(target, state)) },
                (RedirectionKind.Write, 1) => streams with { Output = Open(target, state, streams, append: false) },
                (RedirectionKind.Write, 2) => streams with { Error = Open(target, state, streams, append: false) },
                (RedirectionKind.Append, 1) => streams with { Output = Open(target, state, streams, append: true) },
                (RedirectionKind.Append, 2) => streams with { Error = Open(target, state, streams, append: true) },
                (RedirectionKind.WriteBoth, _) when Open(target, state, streams, append: false) is var both => streams with { Output = both, Error = both },
                (RedirectionKind.Duplicate, 1) when target == "2" => streams with { Output = streams.Error },
                (RedirectionKind.Duplicate, 2) when target == "1" => streams with { Error = streams.Output },
                (RedirectionKind.Duplicate, var descriptor) when target == descriptor.ToString(CultureInfo.InvariantCulture) => streams,
                _ => throw new UnsupportedScriptException("a redirection of this kind"),
            };
        }

        return streams;
    }

    private string ReadInput(string target, ShellState state)
    {
        if (target == "/dev/null")
        {
            return "";
        }

        return _machine.Tree.Resolve(ScriptletMachine.Absolute(state.WorkingFolder, target)) is { Inode.Content: { } content }
            ? ScriptletText.Read(_machine, content)
            : throw new UnsupportedScriptException($"input from '{target}', which is not there");
    }

    private ShellSink Open(string target, ShellState state, ShellStreams streams, bool append)
    {
        var path = ScriptletMachine.Absolute(state.WorkingFolder, target);
        if (ImagePath.IsWithin(path, "/dev") || target.Length == 0 || target.EndsWith('/'))
        {
            return path switch
            {
                "/dev/null" => ShellSink.Nowhere,
                "/dev/stdout" or "/dev/fd/1" => streams.Output,
                "/dev/stderr" or "/dev/fd/2" => streams.Error,
                _ => throw new UnsupportedScriptException($"output to '{target}'"),
            };
        }

        return new FileSink(_machine, _machine.Tree.Find(_machine.OpenForWriting(path, append))!);
    }

    private WordExpander Expander(ShellState state, ShellStreams streams, bool canFail) => new(_machine, state, command =>
    {
        _substitutions++;
        var output = new TextSink();
        state.Status = RunSubshell(command, state, streams with { Output = output }, canFail, state.ExitOnError && !state.IsBash);
        return output.ToString().Replace("\0", "", StringComparison.Ordinal);
    });
}

/// <summary><c>exit</c>.</summary>
internal sealed class ShellExit(int status) : Exception
{
    public int Status => status;
}

/// <summary>The ways to leave a loop or a function early.</summary>
internal enum JumpKind
{
    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,

    /// <summary><c>return</c>.</summary>
    Return,
}

/// <summary><c>break</c>, <c>continue</c> or <c>return</c>; for a return, <paramref name="levels"/> is the status.</summary>
internal sealed class ShellJump(JumpKind kind, int levels) : Exception
{
    public JumpKind Kind => kind;

    public int Levels => levels;
}
