using System.Globalization;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Files;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>Runs the scripts that wait for other packages and their files: rpm's <c>lib/rpmtriggers.c</c>.</summary>
internal sealed class TriggerRunner(FileTree tree, ScriptletRunner scriptlets, IReadOnlyDictionary<string, int> installedCount)
{
    // File triggers of a higher priority run before %post, the others after it: TRIGGER_PRIORITY_BOUND.
    private const long EarlyPriority = 10_000;

    /// <summary>What rpm would have to fill in before the script runs.</summary>
    public static string? Expansion(RpmScriptletFlags flags) =>
        (flags & RpmScriptletFlags.ExpandMacros) != 0 ? "-e" : (flags & RpmScriptletFlags.QueryFormat) != 0 ? "-q" : null;

    /// <summary>Runs <c>%triggerin</c>: those of present packages that wait for the new one, then its own for those present.</summary>
    public void RunPackageTriggers(IReadOnlyList<RpmPackageInfo> present, InstallablePackage package)
    {
        foreach (var owner in present)
        {
            foreach (var trigger in PackageTriggers(owner).Where(trigger => WaitsFor(trigger, package.Info)))
            {
                Run(owner, trigger, "%triggerin", [Count(owner), Count(package.Info)], "");
            }
        }

        foreach (var trigger in PackageTriggers(package.Info))
        {
            var set = present.Append(package.Info).Where(other => WaitsFor(trigger, other)).ToList();
            foreach (var other in set)
            {
                Run(package.Info, trigger, "%triggerin", [Count(package.Info), Count(other)], "");
            }
        }
    }

    /// <summary>Runs <c>%filetriggerin</c>: those of present packages for the new one's files, then its own for all files there are.</summary>
    public void RunFileTriggers(IReadOnlyList<RpmPackageInfo> present, InstallablePackage package, bool early)
    {
        foreach (var (owner, trigger) in present.SelectMany(owner => FileTriggers(owner, RpmTriggerKind.File).Select(trigger => (owner, trigger))).OrderByDescending(pair => pair.trigger.Priority))
        {
            if (trigger.Priority >= EarlyPriority == early && Matches(trigger, package.Info.Files.Select(file => file.Path)) is { Count: > 0 } paths)
            {
                Run(owner, trigger, "%filetriggerin", [Count(owner), Count(package.Info)], Lines(paths));
            }
        }

        foreach (var trigger in FileTriggers(package.Info, RpmTriggerKind.File).OrderByDescending(trigger => trigger.Priority))
        {
            if (trigger.Priority >= EarlyPriority == early && Matches(trigger, Everything(present)) is { Count: > 0 } paths)
            {
                Run(package.Info, trigger, "%filetriggerin", [Count(package.Info)], Lines(paths));
            }
        }
    }

    /// <summary>Runs <c>%transfiletriggerin</c>, each once, the highest priority first.</summary>
    public void RunTransactionFileTriggers(IReadOnlyList<RpmPackageInfo> present, IReadOnlyList<InstallablePackage> installed)
    {
        var names = installed.Select(package => package.Info).ToHashSet();
        var files = installed.SelectMany(package => package.Info.Files.Select(file => file.Path)).ToList();
        foreach (var (owner, trigger) in present.SelectMany(owner => FileTriggers(owner, RpmTriggerKind.TransactionFile).Select(trigger => (owner, trigger))).OrderByDescending(pair => pair.trigger.Priority))
        {
            // A trigger that is new itself has not seen any file yet, whoever brought it.
            var paths = Matches(trigger, names.Contains(owner) ? Everything(present) : files);
            if (paths.Count > 0)
            {
                Run(owner, trigger, "%transfiletriggerin", [Count(owner)], Lines(paths));
            }
        }
    }

    private static IEnumerable<RpmTrigger> PackageTriggers(RpmPackageInfo package) => package.Triggers
        .Where(trigger => trigger.Kind == RpmTriggerKind.Package && (trigger.Events & DependencyFlags.TriggerInstall) != 0);

    private static IEnumerable<RpmTrigger> FileTriggers(RpmPackageInfo package, RpmTriggerKind kind) => package.Triggers
        .Where(trigger => trigger.Kind == kind && (trigger.Events & DependencyFlags.TriggerInstall) != 0);

    private static bool WaitsFor(RpmTrigger trigger, RpmPackageInfo package)
    {
        var itself = new Dependency(package.Nevra.Name, DependencyFlags.Equal, package.Nevra.Evr);
        return trigger.Conditions.Any(condition => (condition.Flags & DependencyFlags.TriggerInstall) != 0 && condition.Overlaps(itself));
    }

    private static IEnumerable<string> Everything(IReadOnlyList<RpmPackageInfo> present) => present.SelectMany(package => package.Files.Select(file => file.Path));

    private List<string> Matches(RpmTrigger trigger, IEnumerable<string> paths)
    {
        var prefixes = trigger.Conditions.Where(condition => (condition.Flags & DependencyFlags.TriggerInstall) != 0).Select(condition => condition.Name).ToArray();
        return [.. paths
            .Where(path => Array.Exists(prefixes, prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal)
            .Where(path => ImagePath.TryNormalize(path, out var canonical) && tree.Resolve(canonical, followLast: false) is not null)
            .Order(StringComparer.Ordinal)];
    }

    private static string Lines(List<string> paths) => string.Concat(paths.Select(path => path + "\n"));

    private int Count(RpmPackageInfo package) => installedCount.GetValueOrDefault(package.Nevra.Name);

    private void Run(RpmPackageInfo owner, RpmTrigger trigger, string name, int[] counts, string input) => scriptlets.Run(new ScriptletCall(
        owner.Nevra.ToString(),
        name,
        [trigger.Interpreter],
        trigger.Body,
        [.. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))],
        input)
    {
        NeedsExpansion = Expansion(trigger.Flags),
    });
}
