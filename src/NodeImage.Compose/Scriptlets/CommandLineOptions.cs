namespace NodeImage.Compose.Scriptlets;

/// <summary>Splits a command's arguments into options and operands: POSIX.1-2017, "Utility Conventions", and long options as GNU has them.</summary>
internal sealed class CommandLineOptions
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);

    private CommandLineOptions()
    {
    }

    /// <summary>The operands, in order.</summary>
    public List<string> Operands { get; } = [];

    /// <summary>Splits arguments.</summary>
    /// <param name="call">The command; an option that is in neither list makes its script unsupported.</param>
    /// <param name="flags">Options without a value, such as <c>r</c> and <c>system</c>.</param>
    /// <param name="values">Options with a value. A long one that means the same as a short one stands as <c>g=gid</c>.</param>
    public static CommandLineOptions Parse(CommandCall call, string[] flags, string[] values)
    {
        var parsed = new CommandLineOptions();
        var names = flags.Select(flag => (Flag: flag, TakesValue: false)).Concat(values.Select(value => (Flag: value, TakesValue: true)))
            .SelectMany(option => option.Flag.Split('=').Select(alias => (alias, Name: option.Flag.Split('=')[0], option.TakesValue)))
            .ToDictionary(option => option.alias, option => (option.Name, option.TakesValue), StringComparer.Ordinal);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i];
            if (argument == "--")
            {
                parsed.Operands.AddRange(call.Arguments.Skip(i + 1));
                break;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                parsed.Operands.Add(argument);
            }
            else if (argument[1] == '-')
            {
                i = parsed.AddLong(call, names, argument, i);
            }
            else
            {
                i = parsed.AddShort(call, names, argument, i);
            }
        }

        return parsed;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string name) => _options.ContainsKey(name);

    /// <summary>The last value that was given for an option, or null.</summary>
    public string? Value(string name) => _options.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>All values that were given for an option, in order.</summary>
    public List<string> Values(string name) => _options.TryGetValue(name, out var values) ? values : [];

    private int AddLong(CommandCall call, Dictionary<string, (string Name, bool TakesValue)> names, string argument, int index)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        if (!names.TryGetValue(name, out var option) || (equals >= 0 && !option.TakesValue))
        {
            throw call.Unsupported(argument);
        }

        if (option.TakesValue && equals < 0)
        {
            index++;
            Add(option.Name, index < call.Arguments.Count ? call.Arguments[index] : throw call.Unsupported(argument));
            return index;
        }

        Add(option.Name, equals < 0 ? "" : argument[(equals + 1)..]);
        return index;
    }

    private int AddShort(CommandCall call, Dictionary<string, (string Name, bool TakesValue)> names, string argument, int index)
    {
        for (var at = 1; at < argument.Length; at++)
        {
            if (!names.TryGetValue(argument[at].ToString(), out var option))
            {
                throw call.Unsupported(argument);
            }

            if (!option.TakesValue)
            {
                Add(option.Name, "");
                continue;
            }

            if (at + 1 < argument.Length)
            {
                Add(option.Name, argument[(at + 1)..]);
                return index;
            }

            index++;
            Add(option.Name, index < call.Arguments.Count ? call.Arguments[index] : throw call.Unsupported(argument));
            return index;
        }

        return index;
    }

    private void Add(string name, string value)
    {
        if (!_options.TryGetValue(name, out var values))
        {
            _options.Add(name, values = []);
        }

        values.Add(value);
    }
}
