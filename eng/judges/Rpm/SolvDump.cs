namespace NodeImage.Judges.Rpm;

/// <summary>What libsolv makes of metadata, as <c>dumpsolv</c> prints it.</summary>
internal sealed class SolvDump
{
    private readonly List<Dictionary<string, List<string>>> _solvables = [];

    private SolvDump(string text)
    {
        Text = text;
        Dictionary<string, List<string>>? current = null;
        List<string>? list = null;
        foreach (var line in text.Split('\n').SkipWhile(line => !line.StartsWith("repo 1 contains", StringComparison.Ordinal)))
        {
            if (line.StartsWith("solvable ", StringComparison.Ordinal))
            {
                _solvables.Add(current = new(StringComparer.Ordinal));
            }
            else if (current is not null && line.StartsWith("  ", StringComparison.Ordinal) && list is not null)
            {
                list.Add(line[2..]);
            }
            else if (current is not null && line.StartsWith("solvable:", StringComparison.Ordinal))
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                var name = colon < 0 ? line.TrimEnd(':') : line[..colon];
                list = current[name["solvable:".Length..]] = colon < 0 ? [] : [line[(colon + 2)..]];
            }
        }
    }

    /// <summary>All that was printed.</summary>
    public string Text { get; }

    /// <summary>The packages, in the order of the metadata.</summary>
    public int Count => _solvables.Count;

    /// <summary>Reads metadata with one of libsolv's tools.</summary>
    /// <param name="context">Where scratch files may go.</param>
    /// <param name="tool">The tool, such as <c>rpmmd2solv</c>.</param>
    /// <param name="metadata">The metadata in the clear.</param>
    /// <returns>What libsolv makes of it, or null where it refuses it.</returns>
    public static SolvDump? Read(JudgeContext context, string tool, byte[] metadata)
    {
        var made = Peer.Run(context.Scratch, metadata, tool);
        if (!made.Succeeded)
        {
            return null;
        }

        var path = Path.Combine(context.Scratch, "metadata.solv");
        File.WriteAllBytes(path, made.Output);
        return new SolvDump(Peer.Run(context.Scratch, null, "dumpsolv", path).Text);
    }

    /// <summary>A field of a package that has one value.</summary>
    public string Scalar(int index, string field) => _solvables[index].TryGetValue(field, out var values) && values.Count > 0 ? values[0] : "";

    /// <summary>A field of a package that may have several.</summary>
    public IReadOnlyList<string> List(int index, string field) => _solvables[index].TryGetValue(field, out var values) ? values : [];
}
