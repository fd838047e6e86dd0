using System.Text;

namespace NodeImage.Rpm.Repositories;

/// <summary>Reads a mirror list: a base address a line, comments after <c>#</c>.</summary>
public static class MirrorList
{
    private const int MaxMirrors = 10_000;

    /// <summary>Reads a mirror list.</summary>
    /// <param name="content">The file.</param>
    /// <returns>The addresses in the file's order, those that can be fetched from: <c>http</c>, <c>https</c>, <c>file</c>.</returns>
    public static IReadOnlyList<Uri> Parse(ReadOnlySpan<byte> content)
    {
        var mirrors = new List<Uri>();
        using var lines = new StringReader(Encoding.UTF8.GetString(content));
        while (lines.ReadLine() is { } line && mirrors.Count < MaxMirrors)
        {
            if (!line.StartsWith('#') && TryParse(line.Trim(), out var mirror))
            {
                mirrors.Add(mirror);
            }
        }

        return mirrors;
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">The address, when the result is true.</param>
    /// <returns>Whether it is one that can be fetched from.</returns>
    internal static bool TryParse(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.Scheme is "http" or "https" or "file";
}
