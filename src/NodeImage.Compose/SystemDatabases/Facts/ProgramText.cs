using System.Text;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>Looks for texts in a program, each of which ends in a zero as C has them.</summary>
/// <remarks>
/// Versions of a tool differ in what they write. What the image's own version would write is asked of that very program:
/// the texts in it tell which features it has, whatever a distribution has carried back into an older version.
/// </remarks>
internal static class ProgramText
{
    /// <summary>Finds the texts that begin with given bytes.</summary>
    /// <param name="program">The program.</param>
    /// <param name="beginning">What the text begins with.</param>
    /// <param name="maxLength">The longest text that is looked for.</param>
    /// <returns>The texts, each with its place, in order.</returns>
    public static List<(int Offset, string Text)> Find(ReadOnlySpan<byte> program, ReadOnlySpan<byte> beginning, int maxLength)
    {
        var found = new List<(int, string)>();
        for (var start = 0; start < program.Length;)
        {
            var at = program[start..].IndexOf(beginning);
            if (at < 0)
            {
                break;
            }

            at += start;
            var text = program.Slice(at, Math.Min(maxLength + 1, program.Length - at));
            var end = text.IndexOf((byte)0);
            if (end >= 0 && !text[..end].ContainsAnyExceptInRange((byte)' ', (byte)'~') && (at == 0 || program[at - 1] is 0 or > (byte)'~' or < (byte)' '))
            {
                found.Add((at, Encoding.ASCII.GetString(text[..end])));
            }

            start = at + 1;
        }

        return found;
    }
}
