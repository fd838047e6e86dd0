namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>A call of rpm-ostree, which can only be given what the subcommand takes.</summary>
/// <param name="verb">The subcommand.</param>
public sealed class RpmOstreeCommand(RpmOstreeVerb verb)
{
    private readonly List<string> _options = [];
    private readonly List<string> _operands = [];

    /// <summary>The subcommand.</summary>
    public RpmOstreeVerb Verb => verb;

    /// <summary>Gives an option without a value.</summary>
    /// <param name="name">The option.</param>
    /// <returns>This command.</returns>
    /// <exception cref="ArgumentException">The subcommand takes no such option.</exception>
    public RpmOstreeCommand With(string name)
    {
        Check(name, hasValue: false);
        _options.Add(name);
        return this;
    }

    /// <summary>Gives an option with its value, in one argument, so that a value cannot be taken for an option.</summary>
    /// <param name="name">The option.</param>
    /// <param name="value">The value.</param>
    /// <returns>This command.</returns>
    /// <exception cref="ArgumentException">The subcommand takes no such option.</exception>
    public RpmOstreeCommand With(string name, string value)
    {
        Check(name, hasValue: true);
        _options.Add($"{name}={value}");
        return this;
    }

    /// <summary>Gives an option once for each value.</summary>
    /// <param name="name">The option.</param>
    /// <param name="values">The values.</param>
    /// <returns>This command.</returns>
    /// <exception cref="ArgumentException">The subcommand takes no such option.</exception>
    public RpmOstreeCommand With(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            With(name, value);
        }

        return this;
    }

    /// <summary>Gives operands.</summary>
    /// <param name="operands">The operands: paths that do not begin with a hyphen.</param>
    /// <returns>This command.</returns>
    /// <exception cref="ArgumentException">The subcommand does not take so many.</exception>
    public RpmOstreeCommand On(params ReadOnlySpan<string> operands)
    {
        _operands.AddRange(operands);
        return _operands.Count <= verb.Operands ? this : throw new ArgumentException($"{string.Join(' ', verb.Words)} takes {verb.Operands} operands.", nameof(operands));
    }

    /// <summary>The whole command, beginning with the program's name.</summary>
    /// <returns>The arguments.</returns>
    public IReadOnlyList<string> ToArguments() => [.. verb.Words, .. _options, .. _operands];

    private void Check(string name, bool hasValue)
    {
        if (!verb.Options.TryGetValue(name, out var takesValue) || takesValue != hasValue)
        {
            throw new ArgumentException($"{string.Join(' ', verb.Words)} does not take {name}{(hasValue ? " with a value" : "")}.", nameof(name));
        }
    }
}
