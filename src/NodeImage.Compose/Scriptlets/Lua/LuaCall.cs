using System.Text;

namespace NodeImage.Compose.Scriptlets.Lua;

/// <summary>The arguments and results of one call from Lua. Argument 1 stands behind the function's name on the stack.</summary>
internal sealed class LuaCall(KeraLua.Lua lua)
{
    public bool IsPresent(int argument) => !lua.IsNoneOrNil(argument + 1);

    public string Text(int argument) => Encoding.UTF8.GetString(Bytes(argument));

    public byte[] Bytes(int argument) => lua.ToBuffer(argument + 1, false) ?? throw new LuaHostException($"bad argument #{argument}");

    public long Number(int argument) => lua.ToIntegerX(argument + 1) ?? throw new LuaHostException($"bad argument #{argument} (number expected)");

    public List<string> Texts() => [.. Enumerable.Range(1, lua.GetTop() - 1).Select(Text)];

    /// <summary>Answers with results.</summary>
    public int Return(params ReadOnlySpan<object> results)
    {
        lua.SetTop(0);
        lua.PushBoolean(true);
        foreach (var result in results)
        {
            Push(result);
        }

        return lua.GetTop();
    }

    /// <summary>Answers as POSIX functions do that fail: nil and a message.</summary>
    public int ReturnError(string message)
    {
        lua.SetTop(0);
        lua.PushBoolean(true);
        lua.PushNil();
        lua.PushString(message);
        return 3;
    }

    /// <summary>Answers as <c>os.execute</c> does when the command fails.</summary>
    public int ReturnFailure(string kind, int status)
    {
        lua.SetTop(0);
        lua.PushBoolean(true);
        lua.PushNil();
        lua.PushString(kind);
        lua.PushInteger(status);
        return 4;
    }

    private void Push(object value)
    {
        switch (value)
        {
            case bool flag:
                lua.PushBoolean(flag);
                break;
            case int number:
                lua.PushInteger(number);
                break;
            case long number:
                lua.PushInteger(number);
                break;
            case byte[] bytes:
                lua.PushBuffer(bytes);
                break;
            case string text:
                lua.PushString(text);
                break;
            case string[] texts:
                lua.NewTable();
                for (var i = 0; i < texts.Length; i++)
                {
                    lua.PushString(texts[i]);
                    lua.RawSetInteger(-2, i + 1);
                }

                break;
            case IReadOnlyDictionary<string, object> fields:
                lua.NewTable();
                foreach (var (name, field) in fields)
                {
                    Push(field);
                    lua.SetField(-2, name);
                }

                break;
            default:
                throw new ArgumentException($"A value of {value.GetType()} cannot be given to Lua.", nameof(value));
        }
    }
}
