using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Packages;

/// <summary>What a trigger waits for.</summary>
public enum RpmTriggerKind
{
    /// <summary>Another package (<c>%triggerin</c> and its like).</summary>
    Package,

    /// <summary>Files below a path, in each package that has some (<c>%filetriggerin</c> and its like).</summary>
    File,

    /// <summary>Files below a path, once for the whole transaction (<c>%transfiletriggerin</c> and its like).</summary>
    TransactionFile,
}

/// <summary>A script that runs because of what happens to other packages.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="Conditions">The packages, or the path prefixes, that it waits for. When it runs is told by each one's
/// flags: <see cref="DependencyFlags.TriggerInstall"/> and its like.</param>
/// <param name="Interpreter">The interpreter; <c>&lt;lua&gt;</c> is rpm's own.</param>
/// <param name="Body">The script, empty where the interpreter alone is run.</param>
/// <param name="Flags">How it is carried out.</param>
/// <param name="Priority">Triggers of a higher priority run first; only those that wait for files have one.</param>
public sealed record RpmTrigger(
    RpmTriggerKind Kind,
    IReadOnlyList<Dependency> Conditions,
    string Interpreter,
    string Body,
    RpmScriptletFlags Flags,
    long Priority)
{
    /// <summary>The priority of a trigger that does not name one (<c>RPMTRIGGER_DEFAULT_PRIORITY</c> in rpm's <c>lib/rpmtriggers.h</c>).</summary>
    public const long DefaultPriority = 1_000_000;

    /// <summary>When it runs: the trigger flags of its conditions.</summary>
    public DependencyFlags Events => Conditions.Aggregate(DependencyFlags.Any, (all, one) => all | one.Flags)
        & (DependencyFlags.TriggerPreInstall | DependencyFlags.TriggerInstall | DependencyFlags.TriggerUninstall | DependencyFlags.TriggerPostUninstall);
}
