namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A list that somebody has looked over: a pattern a line, and after <c>#</c> the reason for it.</summary>
internal sealed class ReviewedList
{
    private readonly List<(string Pattern, string Reason)> _lines;
    private readonly HashSet<string> _used = [];

    private ReviewedList(List<(string, string)> lines) => _lines = lines;

    /// <summary>How many patterns it has.</summary>
    public int Count => _lines.Count;

    /// <summary>The patterns that nothing has needed.</summary>
    public IEnumerable<string> Unused => _lines.Select(line => line.Pattern).Where(pattern => !_used.Contains(pattern));

    /// <summary>Reads a list; each of its lines must give a reason.</summary>
    public static ReviewedList Read(string name)
    {
        var lines = new List<(string, string)>();
        foreach (var line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Lists", name)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split('#', 2);
            Assert.True(parts.Length == 2 && parts[1].Trim().Length > 0, $"{name}: '{line}' gives no reason");
            lines.Add((parts[0].Trim(), parts[1].Trim()));
        }

        return new ReviewedList(lines);
    }

    /// <summary>Whether a line of the list is about something; <c>*</c> stands for anything.</summary>
    public bool Covers(string text)
    {
        var pattern = _lines.Select(line => line.Pattern).FirstOrDefault(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
        return pattern is not null && (_used.Add(pattern) || true);
    }
}
