namespace NodeImage.Rpm.Solving;

/// <summary>
/// Which architectures a system can run and which of them it prefers. The lists are those of <c>archpolicies</c> in libsolv's
/// <c>poolarch.c</c>; <c>noarch</c> is always among them.
/// </summary>
public sealed class ArchitecturePolicy
{
    private static readonly string[] Chains =
    [
        "x86_64:i686:i586:i486:i386",
        "i686:i586:i486:i386",
        "i586:i486:i386",
        "i486:i386",
        "s390x:s390",
        "ppc64p7:ppc64:ppc",
        "ppc64:ppc",
        "ia64:i686:i586:i486:i386",
        "armv8hcnl:armv8hnl:armv8hl:armv7hnl:armv7hl:armv6hl",
        "armv8hnl:armv8hl:armv7hnl:armv7hl:armv6hl",
        "armv8hl:armv7hl:armv6hl",
        "armv8l:armv7l:armv6l:armv5tejl:armv5tel:armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv7hnl:armv7hl:armv6hl",
        "armv7hl:armv6hl",
        "armv7l:armv6l:armv5tejl:armv5tel:armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv6l:armv5tejl:armv5tel:armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv5tejl:armv5tel:armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv5tel:armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv5tl:armv5l:armv4tl:armv4l:armv3l",
        "armv5l:armv4tl:armv4l:armv3l",
        "armv4tl:armv4l:armv3l",
        "armv4l:armv3l",
        "sh4a:sh4",
        "sparc64v:sparc64:sparcv9v:sparcv9:sparcv8:sparc",
        "sparc64:sparcv9:sparcv8:sparc",
        "sparcv9v:sparcv9:sparcv8:sparc",
        "sparcv9:sparcv8:sparc",
        "sparcv8:sparc",
    ];

    private readonly Dictionary<string, uint> _scores = new(StringComparer.Ordinal);

    private ArchitecturePolicy(string name, bool takesAll)
    {
        Name = name;
        TakesAll = takesAll;
    }

    /// <summary>A policy that takes packages of any architecture and prefers none.</summary>
    public static ArchitecturePolicy Any { get; } = new("any", takesAll: true);

    /// <summary>The architecture of the system, or <c>any</c>.</summary>
    public string Name { get; }

    /// <summary>Whether packages of every architecture can be installed.</summary>
    public bool TakesAll { get; }

    /// <summary>The policy of a system.</summary>
    /// <param name="architecture">The system's architecture as rpm names it, such as <c>x86_64</c>, <c>aarch64</c>, <c>s390x</c>
    /// or <c>ppc64le</c>. One that is not known runs its own packages and <c>noarch</c> ones.</param>
    /// <returns>The policy.</returns>
    public static ArchitecturePolicy For(string architecture) =>
        Parse(Chains.FirstOrDefault(chain => chain.StartsWith($"{architecture}:", StringComparison.Ordinal)) ?? architecture);

    /// <summary>
    /// Reads a policy: architectures from the best to the least, with <c>:</c> between two that a package must not be moved
    /// between, <c>&gt;</c> where it may be moved to the better one, and <c>=</c> between equals.
    /// </summary>
    /// <param name="policy">The text, such as <c>x86_64:i686</c>.</param>
    /// <returns>The policy.</returns>
    public static ArchitecturePolicy Parse(string policy)
    {
        var end = policy.IndexOfAny([':', '=', '>']);
        var result = new ArchitecturePolicy(end < 0 ? policy : policy[..end], takesAll: false);
        result._scores["noarch"] = 1;
        var score = 0x10001u;
        var separator = '\0';
        var rest = policy.AsSpan();
        while (!rest.IsEmpty)
        {
            end = rest.IndexOfAny(':', '=', '>');
            var name = (end < 0 ? rest : rest[..end]).ToString();
            if (name.Length > 0 && !result._scores.ContainsKey(name))
            {
                score += separator switch { ':' => 0x10000u, '>' => 1u, _ => 0u };
                result._scores.Add(name, score);
            }

            separator = end < 0 ? '\0' : rest[end];
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return result;
    }

    /// <summary>Whether packages of an architecture can be installed.</summary>
    /// <param name="architecture">The architecture as rpm names it.</param>
    /// <returns>True where the policy takes it.</returns>
    public bool Takes(string architecture) => TakesAll || _scores.ContainsKey(architecture);

    /// <summary>0 where the architecture is not taken, 1 for noarch; else the lower the better, equal high halves being of one class.</summary>
    internal uint Score(string architecture) => _scores.GetValueOrDefault(architecture);

    /// <summary>A bit for 32 and one for 64 bits; packages without a bit in common can be installed side by side.</summary>
    internal byte Color(string architecture)
    {
        const byte narrow = 1, wide = 2, both = 255;
        return TakesAll || architecture is "noarch" or ""
            ? both
            : architecture == "s390x" || architecture.Contains("64", StringComparison.Ordinal) ? wide : narrow;
    }
}
