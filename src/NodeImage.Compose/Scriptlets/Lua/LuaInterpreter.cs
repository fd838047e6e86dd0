using System.Reflection;
using System.Text;
using KeraLua;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.IO;

namespace NodeImage.Compose.Scriptlets.Lua;

/// <summary>
/// Carries out <c>-p &lt;lua&gt;</c> scriptlets: real Lua, whose files are the tree's. rpm runs them itself, without any
/// program of the image, so they are the ones that come before there is anything to run.
/// </summary>
internal sealed class LuaInterpreter
{
    private const int MaxInstructions = 50_000_000;
    private const int InstructionsPerCheck = 100_000;

    private static readonly Lazy<string> Prelude = new(ReadPrelude);

    private readonly LuaHost _host;
    private Exception? _thrown;
    private int _checksLeft = MaxInstructions / InstructionsPerCheck;

    public LuaInterpreter(LuaHost host) => _host = host;

    /// <summary>Runs a script.</summary>
    /// <param name="body">The script.</param>
    /// <param name="arguments">What rpm gives it in <c>arg</c>.</param>
    /// <param name="streams">Its input and output.</param>
    /// <returns>Its exit status.</returns>
    /// <exception cref="UnsupportedScriptException">It goes beyond what is understood, or there is no Lua on this platform.</exception>
    public int Run(string body, IReadOnlyList<string> arguments, ShellStreams streams)
    {
        using var lua = Open();

        // Both delegates are kept alive for as long as Lua may call them.
        LuaFunction dispatch = state => Dispatch(KeraLua.Lua.FromIntPtr(state));
        LuaHookFunction watch = (state, _) => Watch(KeraLua.Lua.FromIntPtr(state));
        lua.SetHook(watch, LuaHookMask.Count, InstructionsPerCheck);
        var status = RunGuarded(lua, dispatch, body, arguments, streams);
        GC.KeepAlive(dispatch);
        GC.KeepAlive(watch);
        return status;
    }

    private static KeraLua.Lua Open()
    {
        NativeLibraries.Provide(typeof(KeraLua.Lua).Assembly, "lua54");
        try
        {
            return new KeraLua.Lua { Encoding = Encoding.UTF8 };
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new UnsupportedScriptException("Lua, of which there is no build for this platform");
        }
    }

    private int RunGuarded(KeraLua.Lua lua, LuaFunction dispatch, string body, IReadOnlyList<string> arguments, ShellStreams streams)
    {
        if (lua.LoadString(Prelude.Value, "=prelude") != LuaStatus.OK)
        {
            throw new InvalidOperationException(lua.ToString(-1));
        }

        lua.PushCFunction(dispatch);
        Check(lua, lua.PCall(1, 0, 0), streams);
        SetArguments(lua, arguments);
        try
        {
            // As a coroutine, because a script that runs too long can only be made to yield.
            var script = lua.NewThread();
            return script.LoadString(body, "=scriptlet") == LuaStatus.OK
                ? Math.Max(Check(script, script.Resume(lua, 0, out _), streams), CloseFiles(lua, streams))
                : Check(script, LuaStatus.ErrSyntax, streams);
        }
        catch (ShellExit exit)
        {
            CloseFiles(lua, streams);
            return exit.Status;
        }
    }

    private int CloseFiles(KeraLua.Lua lua, ShellStreams streams)
    {
        lua.GetGlobal("__close_files");
        return Check(lua, lua.PCall(0, 0, 0), streams);
    }

    private int Check(KeraLua.Lua lua, LuaStatus status, ShellStreams streams)
    {
        if (_thrown is { } thrown)
        {
            _thrown = null;
            throw thrown;
        }

        if (status == LuaStatus.OK)
        {
            return 0;
        }

        streams.Error.WriteLine(lua.ToString(-1));
        return 1;
    }

    // arg[1] is the interpreter, as rpm has it; what the scriptlet is given begins at arg[2].
    private static void SetArguments(KeraLua.Lua lua, IReadOnlyList<string> arguments)
    {
        lua.NewTable();
        lua.PushString("<lua>");
        lua.RawSetInteger(-2, 1);
        for (var i = 0; i < arguments.Count; i++)
        {
            // Numbers of packages are numbers to rpm's Lua.
            if (long.TryParse(arguments[i], out var number))
            {
                lua.PushInteger(number);
            }
            else
            {
                lua.PushString(arguments[i]);
            }

            lua.RawSetInteger(-2, i + 2);
        }

        lua.SetGlobal("arg");
    }

    private int Dispatch(KeraLua.Lua lua)
    {
        try
        {
            if (_thrown is not null)
            {
                // A script that catches errors must not go on after it has been given up.
                return Fail(lua, "given up");
            }

            return _host.Call(lua);
        }
        catch (LuaHostException e)
        {
            return Fail(lua, e.Message);
        }
        catch (Exception e) when (e is UnsupportedScriptException or ShellExit or Core.Diagnostics.DiagnosticException or InvalidDataException)
        {
            _thrown = e;
            return Fail(lua, e.Message);
        }
    }

    private static int Fail(KeraLua.Lua lua, string message)
    {
        lua.SetTop(0);
        lua.PushBoolean(false);
        lua.PushString(message);
        return 2;
    }

    private void Watch(KeraLua.Lua lua)
    {
        if (--_checksLeft < 0 || lua.GarbageCollector(LuaGC.Count, 0) > 256 << 10)
        {
            _thrown ??= new UnsupportedScriptException("more steps or memory than any scriptlet takes");
            lua.Yield(0);
        }
    }

    private static string ReadPrelude()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("NodeImage.Compose.Scriptlets.Lua.prelude.lua")!;
        return new StreamReader(stream).ReadToEnd();
    }
}

/// <summary>An error that the script is told of, as Lua's own functions raise them.</summary>
internal sealed class LuaHostException(string message) : Exception(message);
