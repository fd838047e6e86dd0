using System.Globalization;
using System.Text;

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>
/// A group as chkconfig's <c>alternatives</c> keeps it: like dpkg's, but a priority may have a family in front and a service
/// behind, and no empty line ends it. From <c>alternatives.c</c> of chkconfig.
/// </summary>
internal static class ChkconfigRecord
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="AlternativeException">The record is damaged.</exception>
    public static AlternativeGroup Parse(string name, string text)
    {
        var lines = new Queue<string>(text.Split('\n').SkipLast(text.EndsWith('\n') || text.Length == 0 ? 1 : 0).Select(line => line.TrimStart()));
        var mode = lines.Count > 0 ? lines.Dequeue() : "";
        if (mode is not ("auto" or "manual") || !lines.TryDequeue(out var link) || !link.StartsWith('/'))
        {
            throw new AlternativeException($"bad mode or primary link in {name}");
        }

        var group = new AlternativeGroup(name, link) { IsManual = mode == "manual" };
        while (Next(lines, name) is { Length: > 0 } follower)
        {
            var followerLink = Next(lines, name);
            if (follower.StartsWith('/') || followerLink.Length == 0)
            {
                throw new AlternativeException($"path {follower} unexpected in {name}");
            }

            group.Followers.Add(new FollowerLink(follower, followerLink));
        }

        while (lines.TryDequeue(out var path) && path.Length > 0)
        {
            group.Choices.Add(ParseChoice(group, path, lines));
        }

        return lines.All(line => line.Length == 0) ? group : throw new AlternativeException($"unexpected line in {name}: {lines.Peek()}");
    }

    /// <summary>Writes a record.</summary>
    public static string Write(AlternativeGroup group)
    {
        var text = new StringBuilder();
        text.Append(group.IsManual ? "manual\n" : "auto\n").Append(group.Link).Append('\n');
        foreach (var follower in group.Followers)
        {
            text.Append(follower.Name).Append('\n').Append(follower.Link).Append('\n');
        }

        text.Append('\n');
        foreach (var choice in group.Choices)
        {
            var family = choice.Family is null ? "" : $"@{choice.Family}@";
            var service = choice.Service is null ? "" : $" {choice.Service}";
            text.Append(choice.Path).Append('\n').Append(CultureInfo.InvariantCulture, $"{family}{choice.Priority}{service}\n");
            foreach (var follower in group.Followers)
            {
                text.Append(choice.Files.GetValueOrDefault(follower.Name, "")).Append('\n');
            }
        }

        return text.ToString();
    }

    private static AlternativeChoice ParseChoice(AlternativeGroup group, string path, Queue<string> lines)
    {
        var line = Next(lines, group.Name);
        string? family = null;
        if (line.StartsWith('@') && line.IndexOf('@', 1) is > 1 and var end)
        {
            (family, line) = (line[1..end], line[(end + 1)..]);
        }

        var parts = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || parts.Length == 0 || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority))
        {
            throw new AlternativeException($"unexpected line in {group.Name}: {line}");
        }

        var choice = new AlternativeChoice(path, priority) { Family = family, Service = parts.Length > 1 ? parts[1] : null };
        foreach (var follower in group.Followers)
        {
            if (lines.TryDequeue(out var file) && file.Length > 0)
            {
                choice.Files[follower.Name] = file;
            }
        }

        return choice;
    }

    private static string Next(Queue<string> lines, string name) => lines.TryDequeue(out var line) ? line : throw new AlternativeException($"unexpected end of file in {name}");
}
