using System.Globalization;
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
    private const int MaxScriptSize = 1 << 20;
    private const int MaxWrapperSize = 4 << 10;

    private static readonly string[] SearchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    private readonly ScriptletMachine _machine;
    private readonly CommandCatalogue _commands;
    private int _steps;
    private int _callDepth;

    public ShellInterpreter(ScriptletMachine machine, CommandCatalogue commands)
    {
        _machine = machine;
        _commands = commands;
    }

    /// <summary>Runs a whole script.</summary>
    /// <returns>Its exit status.</returns>
    /// <exception cref="UnsupportedScriptException">It goes beyond what is understood; the tree may have been changed already.</exception>
    public int Run(ShellCommand script, IReadOnlyList<string> arguments, ShellStreams streams)
    {
        var state = new ShellState { Arguments = arguments };
        state.Variables["PATH"] = string.Join(':', SearchPath);
        try
        {
            return Run(script, state, streams, canFail: false);
        }
        catch (ShellExit exit)
        {
            return exit.Status;
        }
        catch (ShellJump jump)
        {
            return jump.Kind == JumpKind.Return ? jump.Levels : state.Status;
        }
    }

    private int Run(ShellCommand command, ShellState state, ShellStreams streams, bool canFail)
    {
        if (++_steps > MaxSteps)
        {
            throw new UnsupportedScriptException("more steps than any scriptlet takes");
        }

        state.Status = command switch
        {
            CommandList list => RunList(list, state, streams, canFail),
            AndOr both => RunAndOr(both, state, streams, canFail),
            Negation negation => Run(negation.Command, state, streams, canFail: true) == 0 ? 1 : 0,
            Pipeline pipeline => RunPipeline(pipeline, state, streams),
            SimpleCommand simple => RunSimple(simple, state, streams, canFail),
            Redirected redirected => Run(redirected.Command, state, Redirect(redirected.Redirections, state, streams), canFail),
            Group { IsSubshell: false } group => Run(group.Body, state, streams, canFail),
            Group group => RunSubshell(group.Body, state, streams),
            IfCommand branch => RunIf(branch, state, streams, canFail),
            ForCommand loop => RunFor(loop, state, streams, canFail),
            WhileCommand loop => RunWhile(loop, state, streams, canFail),
            CaseCommand choice => RunCase(choice, state, streams, canFail),
            FunctionDefinition function => Define(function, state),
            _ => throw new UnsupportedScriptException("a command of an unknown kind"),
        };
        return state.Status;
    }

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

    private int RunPipeline(Pipeline pipeline, ShellState state, ShellStreams streams)
    {
        var input = streams.Input;
        var status = 0;
        for (var i = 0; i < pipeline.Commands.Count; i++)
        {
            var last = i == pipeline.Commands.Count - 1;
            var output = last ? streams.Output : new TextSink();
            status = RunSubshell(pipeline.Commands[i], state, streams with { Input = input, Output = output });
            input = new ShellInput(last ? "" : output.ToString()!);
        }

        return status;
    }

    private int RunSubshell(ShellCommand body, ShellState state, ShellStreams streams)
    {
        try
        {
            return Run(body, state.Fork(), streams, canFail: false);
        }
        catch (ShellExit exit)
        {
            return exit.Status;
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
        foreach (var value in loop.Words is null ? [.. state.Arguments] : Expander(state, streams).ExpandAll(loop.Words))
        {
            state.Set(loop.Variable, value);
            try
            {
                status = Run(loop.Body, state, streams, canFail);
            }
            catch (ShellJump jump) when (jump.Levels == 1 && jump.Kind != JumpKind.Return)
            {
                status = 0;
                if (jump.Kind == JumpKind.Break)
                {
                    break;
                }
            }
        }

        return status;
    }

    private int RunWhile(WhileCommand loop, ShellState state, ShellStreams streams, bool canFail)
    {
        var status = 0;
        while (Run(loop.Condition, state, streams, canFail: true) == 0 != loop.Until)
        {
            try
            {
                status = Run(loop.Body, state, streams, canFail);
            }
            catch (ShellJump jump) when (jump.Levels == 1 && jump.Kind != JumpKind.Return)
            {
                status = 0;
                if (jump.Kind == JumpKind.Break)
                {
                    break;
                }
            }
        }

        return status;
    }

    private int RunCase(CaseCommand choice, ShellState state, ShellStreams streams, bool canFail)
    {
        var expander = Expander(state, streams);
        var subject = expander.ExpandText(choice.Subject);
        foreach (var (patterns, body) in choice.Items)
        {
            if (patterns.Any(pattern => ShellPattern.IsMatch(expander.ExpandPattern(pattern), subject)))
            {
                return body is null ? 0 : Run(body, state, streams, canFail);
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
        var expander = Expander(state, streams);
        var words = expander.ExpandAll(command.Words);
        var inner = Redirect(command.Redirections, state, streams);
        if (words is ["read", ..])
        {
            // Its separators are given in front of it, for it alone.
            var separators = command.Assignments.Where(assignment => assignment.Name == "IFS").Select(assignment => expander.ExpandText(assignment.Value)).LastOrDefault(ShellBuiltins.FieldSeparators);
            return ShellBuiltins.Read(words.GetRange(1, words.Count - 1), separators, state, inner.Input);
        }

        foreach (var (name, value) in command.Assignments)
        {
            // Without a command they stay; with one they are its environment, which no command here reads.
            if (words.Count == 0)
            {
                state.Set(name, expander.ExpandText(value));
            }
        }

        // An assignment's own status is that of its last command substitution, which the state holds.
        var status = words.Count == 0
            ? command.Assignments.Any(assignment => assignment.Value.Parts.Any(part => part is CommandPart)) ? state.Status : 0
            : Invoke(words, state, inner);
        return status != 0 && state.ExitOnError && !canFail ? throw new ShellExit(status) : status;
    }

    private int Invoke(List<string> words, ShellState state, ShellStreams streams)
    {
        var name = words[0];
        var arguments = words.GetRange(1, words.Count - 1);
        if (state.Functions.TryGetValue(name, out var function))
        {
            return CallFunction(function, arguments, state, streams);
        }

        if (name == "exec" && arguments.Count > 0)
        {
            throw new ShellExit(Invoke(arguments, state, streams));
        }

        if (ShellBuiltins.TryRun(name, arguments, state, _machine) is { } builtin)
        {
            return builtin;
        }

        var call = new CommandCall(_machine, state, name, arguments, streams);
        if (_commands.FindBuiltin(name) is { } standard)
        {
            return standard.Run(call);
        }

        if (FindProgram(name, state) is not { } program)
        {
            streams.Error.WriteLine($"sh: {name}: not found");
            return 127;
        }

        return _commands.FindProgram(program.Name) is { } known && !(known.LeavesScripts && IsScript(program.File))
            ? known.Run(call with { Program = program.File })
            : RunScript(program.File, call);
    }

    // No program of any other kind is so small.
    private static bool IsScript(FileNode program) => program.Inode.Content!.Length <= MaxWrapperSize && program.Inode.Content.ReadText().StartsWith("#!", StringComparison.Ordinal);

    // A program that is a script itself is carried out as the scriptlet is.
    private int RunScript(FileNode program, CommandCall call)
    {
        var text = program.Inode.Content!.Length <= MaxScriptSize ? program.Inode.Content.ReadText() : "";
        var firstLine = text.Split('\n', 2)[0].Trim();
        if (firstLine is not ("#!/bin/sh" or "#!/usr/bin/sh" or "#!/bin/bash" or "#!/usr/bin/bash" or "#!/bin/sh -e" or "#!/bin/bash -e"))
        {
            throw new UnsupportedScriptException($"the command '{call.Name}'");
        }

        if (++_callDepth > MaxCallDepth)
        {
            throw new UnsupportedScriptException("scripts that call each other too deep");
        }

        var state = new ShellState { Arguments = call.Arguments, WorkingFolder = call.State.WorkingFolder, ExitOnError = firstLine.EndsWith("-e", StringComparison.Ordinal) };
        state.Variables["PATH"] = string.Join(':', SearchPath);
        try
        {
            return Run(ShellParser.Parse(text), state, call.Streams, canFail: false);
        }
        catch (ShellExit exit)
        {
            return exit.Status;
        }
        finally
        {
            _callDepth--;
        }
    }

    private int CallFunction(ShellCommand body, List<string> arguments, ShellState state, ShellStreams streams)
    {
        if (++_callDepth > MaxCallDepth)
        {
            throw new UnsupportedScriptException("functions that call each other too deep");
        }

        var before = state.Arguments;
        state.Arguments = arguments;
        try
        {
            return Run(body, state, streams, canFail: false);
        }
        catch (ShellJump jump) when (jump.Kind == JumpKind.Return)
        {
            return jump.Levels;
        }
        finally
        {
            state.Arguments = before;
            _callDepth--;
        }
    }

    // The program that would run, under the name that it is called by; one that the image does not have cannot run.
    private (string Name, FileNode File)? FindProgram(string name, ShellState state)
    {
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [ScriptletMachine.Absolute(state.WorkingFolder, name)]
            : SearchPath.Select(folder => ImagePath.Join(folder, name));
        return candidates.Select(path => _machine.Tree.Resolve(path)).FirstOrDefault(node => node is { Inode.IsRegular: true }) is { } file
            ? (ImagePath.Name(name), file)
            : null;
    }

    private ShellStreams Redirect(IReadOnlyList<Redirection> redirections, ShellState state, ShellStreams streams)
    {
        foreach (var redirection in redirections)
        {
            var target = Expander(state, streams).ExpandText(redirection.Target);
            streams = (redirection.Kind, redirection.Descriptor) switch
            {
                (RedirectionKind.HereDocument, 0) => streams with { Input = new ShellInput(target) },
                (RedirectionKind.Read, 0) => streams with { Input = new ShellInput(ReadInput(target, state)) },
                (RedirectionKind.Write, 1) => streams with { Output = Open(target, state, append: false) },
                (RedirectionKind.Write, 2) => streams with { Error = Open(target, state, append: false) },
                (RedirectionKind.Append, 1) => streams with { Output = Open(target, state, append: true) },
                (RedirectionKind.Append, 2) => streams with { Error = Open(target, state, append: true) },
                (RedirectionKind.WriteBoth, _) when Open(target, state, append: false) is var both => streams with { Output = both, Error = both },
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
            ? content.ReadText()
            : throw new UnsupportedScriptException($"input from '{target}', which is not there");
    }

    private ShellSink Open(string target, ShellState state, bool append)
    {
        if (target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return target is "/dev/null" or "/dev/stdout" or "/dev/stderr" or "/dev/tty"
                ? ShellSink.Nowhere
                : throw new UnsupportedScriptException($"output to '{target}'");
        }

        return new FileSink(_machine.Tree, _machine.OpenForWriting(ScriptletMachine.Absolute(state.WorkingFolder, target), append));
    }

    private WordExpander Expander(ShellState state, ShellStreams streams) => new(_machine.Tree, state, command =>
    {
        var output = new TextSink();
        state.Status = RunSubshell(command, state, streams with { Output = output });
        return output.ToString();
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
