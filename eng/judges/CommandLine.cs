using System.Globalization;

namespace NodeImage.Judges;

/// <summary>What the program was called with.</summary>
internal sealed record CommandLine
{
    /// <summary>How it is called.</summary>
    public const string Usage = "usage: judges --data FOLDER --report FILE [--seed NUMBER] [--requests NUMBER] [JUDGE...]";

    /// <summary>The folder with the data.</summary>
    public string Data { get; private init; } = "";

    /// <summary>The file that failures are written to.</summary>
    public string Report { get; private init; } = "";

    /// <summary>What choices made by chance begin with.</summary>
    public int Seed { get; private init; } = 20260101;

    /// <summary>How many requests are made up.</summary>
    public int Requests { get; private init; } = 200;

    /// <summary>The judges to run; all of them where none is named.</summary>
    public IReadOnlyList<string> Judges { get; private init; } = [];

    /// <summary>Reads the arguments.</summary>
    /// <returns>What they say, or null where they cannot be understood.</returns>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                line = line with { Judges = [.. line.Judges, arguments[i]] };
            }
            else if (++i == arguments.Count || line.With(arguments[i - 1], arguments[i]) is not { } next)
            {
                return null;
            }
            else
            {
                line = next;
            }
        }

        return Directory.Exists(line.Data) && line.Report.Length > 0 ? line : null;
    }

    private CommandLine? With(string option, string value) => option switch
    {
        "--data" => this with { Data = value },
        "--report" => this with { Report = value },
        "--seed" when Number(value) is { } seed => this with { Seed = seed },
        "--requests" when Number(value) is { } requests => this with { Requests = requests },
        _ => null,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
