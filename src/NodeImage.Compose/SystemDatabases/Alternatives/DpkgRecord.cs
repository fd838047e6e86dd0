using System.Globalization;
using System.Text;

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>
/// A group as dpkg's <c>update-alternatives</c> keeps it: mode and link; each follower's name and link; an empty line; each
/// choice's path, its priority and what each follower leads to; an empty line. From <c>utils/update-alternatives.c</c> of dpkg.
/// </summary>
internal static class DpkgRecord
{
    /// <summary>Reads a record.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="text">The record.</param>
    /// <param name="exists">Tells whether a choice is there; one that is not is left out.</param>
    /// <param name="isStale">Whether something was left out.</param>
    /// <returns>The group, or null where the record is empty.</returns>
    /// <exception cref="AlternativeException">The record is damaged.</exception>
    public static AlternativeGroup? Parse(string name, string text, Func<string, bool> exists, out bool isStale)
    {
        isStale = false;
        if (text.Length == 0)
        {
            return null;
        }

        var lines = new Queue<string>(text.Split('\n').SkipLast(1));
        string Next() => lines.TryDequeue(out var line) ? line : throw new AlternativeException($"{name} corrupt: unexpected end of file");
        var status = Next();
        if (status is not ("auto" or "manual"))
        {
            throw new AlternativeException($"{name} corrupt: invalid status");
        }

        var group = new AlternativeGroup(name, Next()) { IsManual = status == "manual" };
        while (Next() is { Length: > 0 } follower)
        {
            var link = Next();
            if (link == group.Link || group.Followers.Exists(other => other.Name == follower || other.Link == link))
            {
                throw new AlternativeException($"{name} corrupt: duplicate {follower} or {link}");
            }

            group.Followers.Add(new FollowerLink(follower, link));
        }

        while (Next() is { Length: > 0 } path)
        {
            var priority = Next();
            var files = group.Followers.ConvertAll(_ => Next());
            if (!exists(path))
            {
                isStale = true;
                continue;
            }

            if (!int.TryParse(priority, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number)
                || group.Choices.Exists(choice => choice.Path == path))
            {
                throw new AlternativeException($"{name} corrupt: priority of {path}: {priority}");
            }

            group.Choices.Add(new AlternativeChoice(path, number)
            {
                Files = group.Followers.Zip(files).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal),
            });
        }

        return group;
    }

    /// <summary>Writes a record; the group is sorted, and followers go that lead to nothing.</summary>
    public static string Write(AlternativeGroup group)
    {
        group.Followers.RemoveAll(follower => !group.Choices.Exists(choice => choice.Files.GetValueOrDefault(follower.Name, "").Length > 0));
        group.Followers.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        group.Choices.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var text = new StringBuilder();
        text.Append(group.IsManual ? "manual\n" : "auto\n").Append(group.Link).Append('\n');
        foreach (var follower in group.Followers)
        {
            text.Append(follower.Name).Append('\n').Append(follower.Link).Append('\n');
        }

        text.Append('\n');
        foreach (var choice in group.Choices)
        {
            text.Append(choice.Path).Append('\n').Append(CultureInfo.InvariantCulture, $"{choice.Priority}\n");
            foreach (var follower in group.Followers)
            {
                text.Append(choice.Files.GetValueOrDefault(follower.Name, "")).Append('\n');
            }
        }

        return text.Append('\n').ToString();
    }
}
