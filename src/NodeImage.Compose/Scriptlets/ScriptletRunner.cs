using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Scriptlets.Lua;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Scriptlets;

/// <summary>
/// Carries out scriptlets: natively where every command is known, else by the image's own interpreter in a sandbox. What
/// can be done in neither way is an error; nothing is ever left out in silence.
/// </summary>
internal sealed class ScriptletRunner(ScriptletMachine machine, CommandCatalogue commands, ISandbox sandbox, ScriptletMode mode, Action<Diagnostic> report)
{
    // Where a scriptlet lies while it runs in the sandbox; /var/tmp is where rpm puts it, too.
    private const string ScriptPath = "/var/tmp/rpm-tmp.scriptlet";

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "/bin/sh", "/usr/bin/sh", "/bin/bash", "/usr/bin/bash" };

    /// <summary>Which scriptlets were run in the sandbox, in order.</summary>
    public List<ScriptletCall> Sandboxed { get; } = [];

    /// <summary>Carries out a scriptlet.</summary>
    /// <returns>Its exit status.</returns>
    /// <exception cref="DiagnosticException">It cannot be carried out, or it failed and must not.</exception>
    public int Run(ScriptletCall call)
    {
        var output = new TextSink();

        // rpm's own Lua is a part of rpm: no image has a program that could run it.
        var status = mode == ScriptletMode.Sandbox && !IsLua(call) ? RunInSandbox(call, output, "every command of the image's own") : RunNatively(call, output);
        if (status == 0)
        {
            return 0;
        }

        var said = output.ToString().Trim();
        var descriptor = call.IsCritical ? ScriptletDiagnostics.Failed : ScriptletDiagnostics.FailedHarmlessly;
        var diagnostic = descriptor.At(call.Subject, call.Name, call.Package, status, said.Length == 0 ? "it says nothing." : said);
        if (call.IsCritical)
        {
            throw new DiagnosticException(diagnostic);
        }

        report(diagnostic);
        return status;
    }

    private int RunNatively(ScriptletCall call, TextSink output)
    {
        using var checkpoint = machine.Checkpoint();
        machine.Budget.Renew();
        try
        {
            var status = Interpret(call, new ShellStreams(new ShellInput(call.Input), output, output));
            checkpoint.Commit();
            return status;
        }
        catch (UnsupportedScriptException e)
        {
            checkpoint.Dispose();
            return RunInSandbox(call, output, e.Message);
        }
    }

    private int Interpret(ScriptletCall call, ShellStreams streams)
    {
        if (call.NeedsExpansion is { } option)
        {
            throw new UnsupportedScriptException($"rpm's own expansion ({option})");
        }

        if (IsLua(call))
        {
            return new LuaInterpreter(new LuaHost(machine, commands, streams)).Run(call.Body ?? "", call.Arguments, streams);
        }

        var interpreter = new ShellInterpreter(machine, commands);
        if (call.Body is null)
        {
            // "-p /sbin/ldconfig": the interpreter is the whole scriptlet, with the numbers of packages as arguments.
            var words = call.Interpreter.Select(word => new Word([new LiteralPart(word, true)])).ToList();
            return interpreter.Run(new SimpleCommand([], words, []), call.Arguments, streams);
        }

        if (!Shells.Contains(call.Interpreter[0]) || call.Interpreter.Skip(1).Any(argument => argument != "-e"))
        {
            throw new UnsupportedScriptException($"the interpreter '{string.Join(' ', call.Interpreter)}'");
        }

        var script = ShellParser.Parse(call.Body);
        if (call.Interpreter.Contains("-e"))
        {
            script = new CommandList([ShellParser.Parse("set -e"), script]);
        }

        return interpreter.Run(script, call.Arguments, streams, isBash: call.Interpreter[0].EndsWith("bash", StringComparison.Ordinal));
    }

    private static bool IsLua(ScriptletCall call) => call.Interpreter is ["<lua>"];

    private int RunInSandbox(ScriptletCall call, TextSink output, string reason)
    {
        var obstacle = mode == ScriptletMode.Declarative ? "RpmScriptletMode is Declarative"
            : call.NeedsExpansion is not null ? "a sandbox cannot do that either"
            : call.Interpreter[0].StartsWith('<') ? "a sandbox has no interpreter for it"
            : sandbox.Unavailable;
        if (obstacle is not null)
        {
            throw ScriptletDiagnostics.Unknown.Error(call.Subject, call.Name, call.Package, reason, obstacle);
        }

        Sandboxed.Add(call);
        report(ScriptletDiagnostics.Sandboxed.At(call.Subject, call.Name, call.Package, reason));
        var command = call.Body is null
            ? new SandboxCommand([.. call.Interpreter], call.Input)
            : new SandboxCommand([.. call.Interpreter, ScriptPath, .. call.Arguments], call.Input) { Script = (ScriptPath, Encoding.UTF8.GetBytes(call.Body)) };
        var result = sandbox.Run(command);
        output.Write(result.Output);
        return result.Status;
    }
}
