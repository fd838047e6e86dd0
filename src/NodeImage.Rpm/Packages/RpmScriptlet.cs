namespace NodeImage.Rpm.Packages;

/// <summary>How a scriptlet is carried out. The values are those of <c>rpmscriptFlags</c> in rpm's <c>rpmbuild</c> headers.</summary>
[Flags]
public enum RpmScriptletFlags
{
    /// <summary>As it stands.</summary>
    None = 0,

    /// <summary>rpm macros in it are expanded first (<c>-e</c>).</summary>
    ExpandMacros = 1 << 0,

    /// <summary>It is a query format that is filled in from the header first (<c>-q</c>).</summary>
    QueryFormat = 1 << 1,

    /// <summary>The installation fails when it does (<c>-c</c>).</summary>
    Critical = 1 << 2,
}

/// <summary>A script that runs when a package is installed, removed or verified.</summary>
/// <param name="Kind">When it runs.</param>
/// <param name="Interpreter">The interpreter and its arguments; <c>&lt;lua&gt;</c> is rpm's own.</param>
/// <param name="Body">The script, or null where the interpreter alone is run, as in <c>%post -p /sbin/ldconfig</c>.</param>
/// <param name="Flags">How it is carried out.</param>
public sealed record RpmScriptlet(RpmScriptletKind Kind, IReadOnlyList<string> Interpreter, string? Body, RpmScriptletFlags Flags);
