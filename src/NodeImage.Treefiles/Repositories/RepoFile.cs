using System.Collections.Immutable;
using System.Text;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles.Repositories;

/// <summary>A section of a repository file (<c>dnf.conf(5)</c>): an option's name, and its value as it stands.</summary>
/// <param name="Id">The repository's name.</param>
/// <param name="Options">Its options.</param>
/// <param name="Place">Where the section begins.</param>
public sealed record RepoSection(string Id, ImmutableSortedDictionary<string, string> Options, SourcePlace? Place)
{
    private static readonly char[] Separators = [' ', ',', '\n', '\t'];

    /// <summary>An option's value.</summary>
    /// <param name="name">The option.</param>
    /// <returns>The value, or null where it is not set.</returns>
    public string? Find(string name) => Options.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>An option that is a list.</summary>
    /// <param name="name">The option.</param>
    /// <returns>The list; nothing where it is not set.</returns>
    public ImmutableArray<string> List(string name) => [.. (Find(name) ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>An option that is a truth value.</summary>
    /// <param name="name">The option.</param>
    /// <returns>The value, or null where it is not set or none.</returns>
    public bool? Flag(string name) => Find(name)?.ToLowerInvariant() switch
    {
        "1" or "yes" or "true" or "on" => true,
        "0" or "no" or "false" or "off" => false,
        _ => null,
    };
}

/// <summary>Reads and writes repository files.</summary>
public static class RepoFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads a repository file.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">Its path.</param>
    /// <returns>Its sections, <c>[main]</c> apart, in order.</returns>
    /// <exception cref="DiagnosticException">It is malformed.</exception>
    public static ImmutableArray<RepoSection> Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new DiagnosticException(TreefileDiagnostics.TooLarge.In(new SourcePlace(path), path, $"it has more than {MaxBytes >> 20} MiB"));
        }

        var sections = new List<(string Id, Dictionary<string, string> Options, SourcePlace Place)>();
        string? last = null;
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            var place = new SourcePlace(path, number, 1);
            if (text[0] == '[')
            {
                var end = text.IndexOf(']', StringComparison.Ordinal);
                sections.Add(end > 1 ? (text[1..end].Trim(), new Dictionary<string, string>(StringComparer.Ordinal), place) : throw Bad(place, path, "A section has no name."));
                last = null;
            }
            else if (char.IsWhiteSpace(line[0]) && last is not null)
            {
                sections[^1].Options[last] += "\n" + text;
            }
            else
            {
                var equals = text.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0 || sections.Count == 0)
                {
                    throw Bad(place, path, equals <= 0 ? "A line is no NAME=VALUE." : "An option stands before the first section.");
                }

                last = text[..equals].Trim();
                sections[^1].Options[last] = text[(equals + 1)..].Trim();
            }
        }

        return [.. sections.Where(section => section.Id != "main").Select(section => new RepoSection(section.Id, section.Options.ToImmutableSortedDictionary(StringComparer.Ordinal), section.Place))];
    }

    /// <summary>Puts variables into a value: <c>$basearch</c>, <c>${releasever}</c>. A name that nothing defines stays as it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>The value with the variables put in.</returns>
    public static string Substitute(string value, IReadOnlyDictionary<string, string> variables)
    {
        var result = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var braced = i + 1 < value.Length && value[i + 1] == '{';
            var start = braced ? i + 2 : i + 1;
            var end = start;
            while (value[i] == '$' && end < value.Length && (char.IsAsciiLetterOrDigit(value[end]) || value[end] == '_'))
            {
                end++;
            }

            if (end > start && value[i] == '$' && (!braced || (end < value.Length && value[end] == '}')) && variables.TryGetValue(value[start..end], out var known))
            {
                result.Append(known);
                i = braced ? end : end - 1;
            }
            else
            {
                result.Append(value[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>Writes a repository file.</summary>
    /// <param name="sections">Its sections, in order.</param>
    /// <returns>The file's text.</returns>
    public static string Write(IEnumerable<RepoSection> sections) => string.Join('\n', sections.Select(section =>
        $"[{section.Id}]\n" + string.Concat(section.Options.Select(option => $"{option.Key}={option.Value.Replace("\n", " ", StringComparison.Ordinal)}\n"))));

    private static DiagnosticException Bad(SourcePlace place, string path, string what) => new(TreefileDiagnostics.RepoFileMalformed.In(place, path, what));
}
