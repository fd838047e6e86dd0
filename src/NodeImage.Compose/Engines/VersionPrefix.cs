using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NodeImage.Compose.Engines;

/// <summary>What versions begin with, as <c>automatic-version-prefix</c> of a treefile has it: <c>41.&lt;date:%Y%m%d&gt;.dev</c>.</summary>
public static partial class VersionPrefix
{
    /// <summary>Whether a prefix can be expanded.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>False where it has a date in a form that is not known.</returns>
    public static bool IsValid(string prefix) => Date().Matches(prefix).All(date => Format(date.Groups[1].Value, DateTimeOffset.UnixEpoch) is not null);

    /// <summary>Makes the version of a first image with a prefix: no image before this one is known of.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="time">The image's time, in seconds since 1970.</param>
    /// <returns>The version. Where the prefix has a date, <c>.0</c> follows it unless the prefix ends so itself.</returns>
    internal static string Expand(string prefix, long time)
    {
        var when = DateTimeOffset.FromUnixTimeSeconds(time);
        var expanded = Date().Replace(prefix, date => Format(date.Groups[1].Value, when) ?? date.Value);
        return Date().IsMatch(prefix) && !expanded.EndsWith(".0", StringComparison.Ordinal) ? expanded + ".0" : expanded;
    }

    // The forms of strftime(3) that a version can be made of.
    private static string? Format(string format, DateTimeOffset when)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var value = i + 1 == format.Length ? null : format[++i] switch
            {
                'Y' => when.ToString("yyyy", CultureInfo.InvariantCulture),
                'y' => when.ToString("yy", CultureInfo.InvariantCulture),
                'm' => when.ToString("MM", CultureInfo.InvariantCulture),
                'd' => when.ToString("dd", CultureInfo.InvariantCulture),
                'H' => when.ToString("HH", CultureInfo.InvariantCulture),
                'M' => when.ToString("mm", CultureInfo.InvariantCulture),
                'S' => when.ToString("ss", CultureInfo.InvariantCulture),
                'j' => when.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
                'V' => ISOWeek.GetWeekOfYear(when.UtcDateTime).ToString("00", CultureInfo.InvariantCulture),
                's' => when.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                '%' => "%",
                _ => null,
            };
            if (value is null)
            {
                return null;
            }

            text.Append(value);
        }

        return text.ToString();
    }

    [GeneratedRegex("<date:([^>]*)>", RegexOptions.NonBacktracking)]
    private static partial Regex Date();
}
