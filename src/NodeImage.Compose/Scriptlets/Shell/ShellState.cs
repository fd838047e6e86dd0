using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>What a running shell remembers: variables, positional parameters, functions and options.</summary>
internal sealed class ShellState
{
    // A loop that doubles a variable must not fill the memory.
    private const int MaxValueLength = 1 << 20;

    // What shells set by themselves, differently on every machine or at every moment.
    private static readonly HashSet<string> Unknowable = new(StringComparer.Ordinal)
    {
        "BASH", "BASHPID", "BASH_SOURCE", "BASH_VERSINFO", "BASH_VERSION", "COLUMNS", "EPOCHREALTIME", "EPOCHSECONDS", "FUNCNAME", "GROUPS", "HOSTNAME",
        "HOSTTYPE", "LINENO", "LINES", "MACHTYPE", "OSTYPE", "PIPESTATUS", "PPID", "RANDOM", "REPLY", "SECONDS", "SHELL", "SHELLOPTS", "SHLVL", "SRANDOM", "TERM",
    };

    /// <summary>Variables by name.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the variables that programs are given.</summary>
    public HashSet<string> Exported { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the variables that cannot change any more.</summary>
    public HashSet<string> ReadOnly { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions by name.</summary>
    public Dictionary<string, ShellCommand> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The positional parameters, from <c>$1</c>.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>What <c>$0</c> is.</summary>
    public string ScriptName { get; init; } = "sh";

    /// <summary>The working folder in the image.</summary>
    public string WorkingFolder { get; set; } = "/";

    /// <summary>The last command's exit status.</summary>
    public int Status { get; set; }

    /// <summary>Whether a failing command ends the script (<c>set -e</c>).</summary>
    public bool ExitOnError { get; set; }

    /// <summary>Whether a parameter that is not set is an error (<c>set -u</c>).</summary>
    public bool RefuseUnset { get; set; }

    /// <summary>Whether it is bash under its own name, whose command substitutions know no <c>set -e</c>.</summary>
    public bool IsBash { get; init; }

    /// <summary>How many loops of this shell enclose the command.</summary>
    public int Loops { get; set; }

    /// <summary>How many functions enclose the command.</summary>
    public int Calls { get; set; }

    /// <summary>Whether it is a subshell.</summary>
    public bool IsSubshell { get; private init; }

    /// <summary>What the function that is being called has made local: the values to go back to.</summary>
    public Dictionary<string, string?>? Locals { get; set; }

    /// <summary>Reads a parameter.</summary>
    /// <returns>The value, or null where it is not set.</returns>
    public string? Get(string name) => name switch
    {
        "?" => Status.ToString(CultureInfo.InvariantCulture),
        "#" => Arguments.Count.ToString(CultureInfo.InvariantCulture),
        "0" => ScriptName,
        "@" or "*" => Arguments.Count == 0 ? null : string.Join(' ', Arguments),
        "$" or "!" or "-" => throw new UnsupportedScriptException($"the parameter ${name}"),
        "UID" or "EUID" => "0",
        _ when char.IsAsciiDigit(name[0]) => name[0] - '1' < Arguments.Count ? Arguments[name[0] - '1'] : null,
        _ when Variables.TryGetValue(name, out var value) => value,
        _ => Unknowable.Contains(name) ? throw new UnsupportedScriptException($"the parameter ${name}") : null,
    };

    /// <summary>Sets a variable.</summary>
    public void Set(string name, string value)
    {
        if (name is "IFS" or "UID" or "EUID" || ReadOnly.Contains(name) || value.Length > MaxValueLength)
        {
            throw new UnsupportedScriptException(name == "IFS" ? "other field separators" : $"this value of the variable {name}");
        }

        Variables[name] = value;
    }

    /// <summary>Makes a variable the function's own.</summary>
    public void MakeLocal(string name)
    {
        Locals ??= new Dictionary<string, string?>(StringComparer.Ordinal);
        Locals.TryAdd(name, Variables.GetValueOrDefault(name));
        Variables.Remove(name);
    }

    /// <summary>Makes the state of a subshell, whose changes stay its own.</summary>
    /// <param name="exitOnError">Whether a failing command ends it.</param>
    public ShellState Fork(bool exitOnError)
    {
        var copy = new ShellState
        {
            Arguments = Arguments,
            ScriptName = ScriptName,
            WorkingFolder = WorkingFolder,
            Status = Status,
            ExitOnError = exitOnError,
            RefuseUnset = RefuseUnset,
            IsBash = IsBash,
            Calls = Calls,
            IsSubshell = true,
        };
        foreach (var (name, value) in Variables)
        {
            copy.Variables[name] = value;
        }

        foreach (var (name, body) in Functions)
        {
            copy.Functions[name] = body;
        }

        copy.Exported.UnionWith(Exported);
        copy.ReadOnly.UnionWith(ReadOnly);
        return copy;
    }
}
