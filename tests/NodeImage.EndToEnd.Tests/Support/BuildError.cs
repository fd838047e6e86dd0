using System.Globalization;
using System.Text.RegularExpressions;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>An error as MSBuild shows it; the line is 0 where none is named.</summary>
internal sealed partial record BuildError(string File, int Line, string Code, string Message)
{
    /// <summary>Finds the errors in what a build wrote. MSBuild shows each twice, where it came up and at the end.</summary>
    public static IReadOnlyList<BuildError> Parse(string output) =>
    [
        .. Pattern().Matches(output).Select(match => new BuildError(
            match.Groups["file"].Value,
            match.Groups["line"].Success ? int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture) : 0,
            match.Groups["code"].Value,
            match.Groups["message"].Value)).Distinct(),
    ];

    [GeneratedRegex(@"^\s*(?<file>[^\s(][^(\n]*?)(\((?<line>\d+),\d+\))? ?: error (?<code>\w*) ?: (?<message>.*?)( \[[^\]]*\])?$", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
