using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>Modes as <c>chmod</c> takes them: octal numbers, and symbols with the mask that scriptlets run under (022).</summary>
internal static class FileModes
{
    private const int WriteMask = 0b000_010_010;
    private const int SetIds = 0b110_000_000_000;
    private const int Sticky = 0b001_000_000_000;

    /// <summary>Applies a mode to another.</summary>
    public static int Apply(CommandCall call, string text, int mode, bool isDirectory)
    {
        if (text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7'))
        {
            // A folder keeps its setuid and setgid unless the number is long enough to speak of them.
            return (Convert.ToInt32(text, 8) & Inode.PermissionMask) | (isDirectory && text.Length < 5 ? mode & SetIds : 0);
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
            var (shift, special) = c switch
            {
                'u' => (6, 0b100_000_000_000),
                'g' => (3, 0b010_000_000_000),
                'o' => (0, Sticky),
                _ => throw call.Unsupported(clause),
            };
            affected |= (0b111 << shift) | special;
            foreach (var permission in clause[(at + 1)..])
            {
                bits |= permission switch
                {
                    'r' => 0b100 << shift,
                    'w' => 0b010 << shift,
                    'x' => 0b001 << shift,
                    'X' => isDirectory || (mode & 0b001_001_001) != 0 ? 0b001 << shift : 0,
                    's' => special & SetIds,
                    't' => special & Sticky,
                    _ => throw call.Unsupported(clause),
                };
            }
        }

        // A folder's setuid and setgid stay unless they are spoken of.
        affected &= isDirectory ? ~SetIds : -1;
        bits = who.Length == 0 ? bits & ~WriteMask : bits;
        return clause[at] switch
        {
            '+' => mode | bits,
            '-' => mode & ~bits,
            _ => (mode & ~affected) | bits,
        };
    }
}
