using System.Text;

namespace NodeImage.Judges.Rpm;

/// <summary>Finds the package files of the data.</summary>
internal static class PackageFiles
{
    /// <summary>All package files, those that are kept as text decoded into the scratch folder.</summary>
    /// <param name="context">Where the data is.</param>
    /// <returns>The path of each, and the name that it is reported by.</returns>
    public static IEnumerable<(string Path, string Subject)> All(JudgeContext context)
    {
        foreach (var path in Directory.EnumerateFiles(context.Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var subject = Path.GetRelativePath(context.Data, path);
            if (path.EndsWith(".rpm", StringComparison.Ordinal))
            {
                yield return (path, subject);
            }
            else if (path.EndsWith(".rpm.uu", StringComparison.Ordinal))
            {
                var decoded = Path.Combine(context.Scratch, Path.GetFileNameWithoutExtension(path));
                File.WriteAllBytes(decoded, Decode(File.ReadAllLines(path)));
                yield return (decoded, subject);
            }
        }
    }

    private static byte[] Decode(string[] lines)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines.SkipWhile(line => !line.StartsWith("begin ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "end"))
        {
            var data = Encoding.ASCII.GetBytes(line);
            var length = Sextet(data, 0);
            for (var i = 0; i < length; i++)
            {
                var group = 1 + (i / 3 * 4);
                bytes.WriteByte((byte)((i % 3) switch
                {
                    0 => (Sextet(data, group) << 2) | (Sextet(data, group + 1) >> 4),
                    1 => (Sextet(data, group + 1) << 4) | (Sextet(data, group + 2) >> 2),
                    _ => (Sextet(data, group + 2) << 6) | Sextet(data, group + 3),
                }));
            }
        }

        return bytes.ToArray();
    }

    private static int Sextet(byte[] data, int index) => index < data.Length ? (data[index] - 32) & 0x3f : 0;
}
