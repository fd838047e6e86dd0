using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>What a running shell remembers: variables, positional parameters, functions and options.</summary>
internal sealed class ShellState
{
    /// <summary>Variables by name.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions by name.</summary>
    public Dictionary<string, ShellCommand> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The positional parameters, from <c>$1</c>.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>The working folder in the image.</summary>
    public string WorkingFolder { get; set; } = "/";

    /// <summary>The last command's exit status.</summary>
    public int Status { get; set; }

    /// <summary>Whether a failing command ends the script (<c>set -e</c>).</summary>
    public bool ExitOnError { get; set; }

    /// <summary>Reads a parameter.</summary>
    /// <returns>The value, or null where it is not set.</returns>
    public string? Get(string name) => name switch
    {
        "?" => Status.ToString(CultureInfo.InvariantCulture),
        "#" => Arguments.Count.ToString(CultureInfo.InvariantCulture),
        "0" => "sh",
        "@" or "*" => string.Join(' ', Arguments),
        "$" or "!" or "-" => throw new UnsupportedScriptException($"the parameter ${name}"),
        _ when char.IsAsciiDigit(name[0]) => name[0] - '1' < Arguments.Count ? Arguments[name[0] - '1'] : null,
        _ => Variables.GetValueOrDefault(name),
    };

    /// <summary>Sets a variable.</summary>
    public void Set(string name, string value)
    {
        if (name == "IFS")
        {
            throw new UnsupportedScriptException("other field separators");
        }

        Variables[name] = value;
    }

    /// <summary>Makes the state of a subshell, whose changes stay its own.</summary>
    public ShellState Fork()
    {
        var copy = new ShellState { Arguments = Arguments, WorkingFolder = WorkingFolder, Status = Status, ExitOnError = ExitOnError };
        foreach (var (name, value) in Variables)
        {
            copy.Variables[name] = value;
        }

        foreach (var (name, body) in Functions)
        {
            copy.Functions[name] = body;
        }

        return copy;
    }
}
