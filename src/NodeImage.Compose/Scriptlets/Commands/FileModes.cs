using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>Modes as <c>chmod</c> takes them: octal numbers, and symbols with the mask that scriptlets run under (022).</summary>
internal static class FileModes
{
    private const int WriteMask = 0b000_010_010;

    /// <summary>Applies a mode to another.</summary>
    public static int Apply(CommandCall call, string text, int mode, bool isDirectory)
    {
        if (text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7'))
        {
            return Convert.ToInt32(text, 8) & Inode.PermissionMask;
        }

        foreach (var clause in text.Split(','))
        {
            mode = ApplyClause(call, clause, mode, isDirectory);
        }

        return mode;
    }

    private static int ApplyClause(CommandCall call, string clause, int mode, bool isDirectory)
    {
        var at = clause.AsSpan().IndexOfAny("+-=");
        if (at < 0 || clause.AsSpan(at + 1).IndexOfAny("+-=") >= 0)
        {
            throw call.Unsupported(clause);
        }

        var who = clause[..at];
        var classes = who.Length == 0 || who.Contains('a', StringComparison.Ordinal) ? "ugo" : who;
        var (bits, affected) = (0, 0);
        foreach (var c in classes)
        {
            var shift = c switch
            {
                'u' => 6,
                'g' => 3,
                'o' => 0,
                _ => throw call.Unsupported(clause),
            };
            affected |= 0b111 << shift;
            foreach (var permission in clause[(at + 1)..])
            {
                bits |= permission switch
                {
                    'r' => 0b100 << shift,
                    'w' => 0b010 << shift,
                    'x' => 0b001 << shift,
                    'X' => isDirectory || (mode & 0b001_001_001) != 0 ? 0b001 << shift : 0,
                    's' => shift switch { 6 => 0b100_000_000_000, 3 => 0b010_000_000_000, _ => 0 },
                    't' => 0b001_000_000_000,
                    _ => throw call.Unsupported(clause),
                };
            }
        }

        bits = who.Length == 0 ? bits & ~WriteMask : bits;
        return clause[at] switch
        {
            '+' => mode | bits,
            '-' => mode & ~bits,
            _ => (mode & ~affected) | bits,
        };
    }
}
