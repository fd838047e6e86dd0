using System.Text;

namespace NodeImage.Compose.Accounts;

/// <summary>A line of <c>sysusers.d(5)</c>.</summary>
/// <param name="Type"><c>u</c>, <c>g</c>, <c>m</c> or <c>r</c>.</param>
/// <param name="Name">The user or group.</param>
/// <param name="Id">The number wanted, <c>uid:gid</c>, a path, or for <c>m</c> the group; null where none is asked for.</param>
/// <param name="Comment">The comment field.</param>
/// <param name="Home">The home folder, or null.</param>
/// <param name="Shell">The shell, or null.</param>
internal sealed record SysusersLine(char Type, string Name, string? Id, string? Comment, string? Home, string? Shell)
{
    /// <summary>Reads a file's lines; comments and empty lines are passed over.</summary>
    /// <returns>The lines that make sense; systemd warns of the others and goes on.</returns>
    public static IEnumerable<SysusersLine> Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            var fields = SplitQuoted(trimmed);
            if (fields.Count >= 2 && fields[0].Length > 0 && fields[0][0] is 'u' or 'g' or 'm' or 'r')
            {
                yield return new SysusersLine(fields[0][0], fields[1], Field(fields, 2), Field(fields, 3), Field(fields, 4), Field(fields, 5));
            }
        }
    }

    private static string? Field(List<string> fields, int number) => number < fields.Count && fields[number] != "-" ? fields[number] : null;

    private static List<string> SplitQuoted(string line)
    {
        var fields = new List<string>();
        var current = new StringBuilder();
        var (quote, inField) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                (quote, inField) = (c, true);
            }
            else if (c == '\\' && i + 1 < line.Length)
            {
                current.Append(line[++i]);
                inField = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (inField)
                {
                    fields.Add(current.ToString());
                    current.Clear();
                    inField = false;
                }
            }
            else
            {
                current.Append(c);
                inField = true;
            }
        }

        if (inField)
        {
            fields.Add(current.ToString());
        }

        return fields;
    }
}
