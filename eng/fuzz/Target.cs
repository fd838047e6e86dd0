namespace NodeImage.Fuzz;

/// <summary>A reader of hostile input, and sound input for it.</summary>
internal abstract class Target
{
    /// <summary>The name that it is chosen by.</summary>
    public abstract string Name { get; }

    /// <summary>Sound inputs.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Reads an input. All that may come of a bad one is a diagnostic.</summary>
    /// <param name="input">The input.</param>
    public abstract void Read(byte[] input);

    /// <summary>Real files of a kind, where the environment says where some are; small ones, so that many fit into the time.</summary>
    protected static IEnumerable<byte[]> Real(params IEnumerable<string> patterns)
    {
        var folder = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        return string.IsNullOrEmpty(folder)
            ? []
            : patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal)
                .Where(path => new FileInfo(path).Length is > 0 and < 64 * 1024)
                .Select(File.ReadAllBytes)
                .Take(200);
    }
}
