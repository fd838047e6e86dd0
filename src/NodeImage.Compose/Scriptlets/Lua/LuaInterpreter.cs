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
    private const int MaxHostCalls = 200_000;
    private const int InstructionsPerCheck = 100_000;

    private static readonly Lazy<string> Prelude = new(ReadPrelude);

    private readonly LuaHost _host;
    private readonly LuaMemory _memory = new();
    private Exception? _thrown;
    private int _hostCalls;
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
        lua.OpenLibs();

        // Both delegates are kept alive for as long as Lua may call them.
        LuaFunction dispatch = state => Dispatch(KeraLua.Lua.FromIntPtr(state));
        LuaHookFunction watch = (state, _) => Watch(KeraLua.Lua.FromIntPtr(state));
        lua.SetHook(watch, LuaHookMask.Count, InstructionsPerCheck);
        var status = RunGuarded(lua, dispatch, body, arguments, streams);
        GC.KeepAlive(dispatch);
        GC.KeepAlive(watch);
        return status;
    }

    private KeraLua.Lua Open()
    {
        NativeLibraries.Provide(typeof(KeraLua.Lua).Assembly, "lua54");
        try
        {
            return new KeraLua.Lua(_memory.Allocate, 0) { Encoding = Encoding.UTF8 };
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
            _memory.HasLimit = true;
            var status = script.LoadString(body, "=scriptlet");
            status = status == LuaStatus.OK ? script.Resume(lua, 0, out _) : status;
            _memory.HasLimit = false;
            return Math.Max(Check(script, status, streams), CloseFiles(lua, streams));
        }
        catch (ShellExit exit)
        {
            _memory.HasLimit = false;
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

        if (_memory.WasExceeded)
        {
            throw new UnsupportedScriptException("more memory than any scriptlet takes");
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
        // An error of Lua's, such as one of memory, must not be raised in these frames.
        var hasLimit = _memory.HasLimit;
        _memory.HasLimit = false;
        try
        {
            if (_thrown is not null)
            {
                // A script that catches errors must not go on after it has been given up.
                return Fail(lua, "given up");
            }

            return ++_hostCalls <= MaxHostCalls ? _host.Call(lua) : throw new UnsupportedScriptException("more calls than any scriptlet makes");
        }
        catch (LuaHostException e)
        {
            return Fail(lua, e.Message);
        }
        catch (Exception e)
        {
            // Whatever it is, it must not pass through Lua's own frames.
            _thrown = e;
            return Fail(lua, e.Message);
        }
        finally
        {
            _memory.HasLimit = hasLimit;
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
        if (--_checksLeft < 0)
        {
            _thrown ??= new UnsupportedScriptException("more steps than any scriptlet takes");
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
