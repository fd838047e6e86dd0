using System.Globalization;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Files;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>
/// Runs the scripts that wait for other packages and their files: <c>runTriggers</c> and <c>runImmedTriggers</c> in rpm's
/// <c>lib/psm.c</c>, and <c>lib/rpmtriggers.c</c>.
/// </summary>
internal sealed class TriggerRunner(FileTree tree, ScriptletRunner scriptlets, IReadOnlyDictionary<string, int> installedCount)
{
    // File triggers of a higher priority run before %post and %preun, the others after them: TRIGGER_PRIORITY_BOUND.
    private const long EarlyPriority = 10_000;

    private readonly List<(RpmPackageInfo Owner, RpmTrigger Trigger)> _afterRemoval = [];

    /// <summary>What rpm would have to fill in before the script runs.</summary>
    public static string? Expansion(RpmScriptletFlags flags) =>
        (flags & RpmScriptletFlags.ExpandMacros) != 0 ? "-e" : (flags & RpmScriptletFlags.QueryFormat) != 0 ? "-q" : null;

    /// <summary>Runs <c>%triggerprein</c>: those of present packages that wait for the new one, then its own for those present.</summary>
    public void RunBeforeInstallation(IReadOnlyList<RpmPackageInfo> present, InstallablePackage package)
    {
        RunOfOthers(present, package.Info, DependencyFlags.TriggerPreInstall, Count(package.Info));
        RunOwn(package.Info, present, DependencyFlags.TriggerPreInstall, Count(package.Info));
    }

    /// <summary>Runs <c>%triggerin</c>: those of present packages that wait for the new one, then its own for those present.</summary>
    public void RunPackageTriggers(IReadOnlyList<RpmPackageInfo> present, InstallablePackage package)
    {
        RunOfOthers(present, package.Info, DependencyFlags.TriggerInstall, Count(package.Info));
        RunOwn(package.Info, [.. present, package.Info], DependencyFlags.TriggerInstall, Count(package.Info));
    }

    /// <summary>Runs <c>%triggerun</c> before a package goes: its own for those present, then those of others that wait for it.</summary>
    public void RunBeforeRemoval(IReadOnlyList<RpmPackageInfo> present, RpmPackageInfo old, int left)
    {
        RunOwn(old, present, DependencyFlags.TriggerUninstall, left);
        RunOfOthers([.. present.Where(other => other != old)], old, DependencyFlags.TriggerUninstall, left);
    }

    /// <summary>Runs <c>%triggerpostun</c> after a package's files have gone; rpm still knows the package then, so it may wait for itself.</summary>
    public void RunAfterRemoval(IReadOnlyList<RpmPackageInfo> present, RpmPackageInfo old, int left) =>
        RunOfOthers(present, old, DependencyFlags.TriggerPostUninstall, left);

    /// <summary>Runs <c>%filetriggerin</c>: those of present packages for the new one's files, then its own for all files there are.</summary>
    public void RunFileTriggers(IReadOnlyList<RpmPackageInfo> present, InstallablePackage package, bool early)
    {
        RunFileTriggersOfOthers(present, DependencyFlags.TriggerInstall, early, package.Info, Count(package.Info));
        RunOwnFileTriggers(package.Info, DependencyFlags.TriggerInstall, early, present, Count(package.Info));
    }

    /// <summary>Runs <c>%filetriggerun</c> before a package goes: its own for all files there are, then those of others for its files.</summary>
    public void RunFileTriggersBeforeRemoval(IReadOnlyList<RpmPackageInfo> present, RpmPackageInfo old, bool early, int left)
    {
        RunOwnFileTriggers(old, DependencyFlags.TriggerUninstall, early, present, left);
        RunFileTriggersOfOthers(present.Where(other => other != old), DependencyFlags.TriggerUninstall, early, old, left);
    }

    /// <summary>Runs <c>%filetriggerpostun</c> after a package's files have gone.</summary>
    public void RunFileTriggersAfterRemoval(IReadOnlyList<RpmPackageInfo> present, RpmPackageInfo old, bool early, int left) =>
        RunFileTriggersOfOthers(present.Where(other => other != old), DependencyFlags.TriggerPostUninstall, early, old, left);

    /// <summary>Notes which <c>%transfiletriggerpostun</c> a package sets off by going; they run when the transaction is over.</summary>
    public void NoteRemoval(IReadOnlyList<RpmPackageInfo> present, RpmPackageInfo old)
    {
        foreach (var (owner, trigger) in FileTriggers(present, RpmTriggerKind.TransactionFile, DependencyFlags.TriggerPostUninstall))
        {
            if (!_afterRemoval.Contains((owner, trigger)) && Matches(trigger, DependencyFlags.TriggerPostUninstall, [old]).Count > 0)
            {
                _afterRemoval.Add((owner, trigger));
            }
        }
    }

    /// <summary>Runs <c>%transfiletriggerun</c> before anything is done: those of packages that stay, for the files that go; then those that go themselves, for all files.</summary>
    public void RunBeforeTransaction(IReadOnlyList<RpmPackageInfo> present, IReadOnlyList<RpmPackageInfo> removed)
    {
        if (removed.Count > 0)
        {
            RunOverTransaction(present.Where(owner => !removed.Contains(owner)), DependencyFlags.TriggerUninstall, removed);
            foreach (var owner in removed)
            {
                RunOverTransaction([owner], DependencyFlags.TriggerUninstall, present);
            }
        }
    }

    /// <summary>
    /// Runs what waits for the end of the transaction: <c>%transfiletriggerin</c> of packages that were there before, each once,
    /// <c>%transfiletriggerpostun</c>, and <c>%transfiletriggerin</c> of new packages for all files.
    /// </summary>
    public void RunAfterTransaction(IReadOnlyList<RpmPackageInfo> present, IReadOnlyList<InstallablePackage> installed)
    {
        var fresh = installed.Select(package => package.Info).ToHashSet();
        RunOverTransaction(present.Where(owner => !fresh.Contains(owner)), DependencyFlags.TriggerInstall, installed.Select(package => package.Info));
        foreach (var (owner, trigger) in _afterRemoval.Where(noted => present.Contains(noted.Owner)).OrderByDescending(noted => noted.Trigger.Priority).ToList())
        {
            // The files are gone, so there is nothing to tell of them.
            Run(owner, trigger, DependencyFlags.TriggerPostUninstall, [Count(owner)], "");
        }

        // A trigger that is new itself has not seen any file yet, whoever brought it.
        RunOverTransaction(present.Where(fresh.Contains), DependencyFlags.TriggerInstall, present);
    }

    // Of each package at most one script runs for another: handleOneTrigger.
    private void RunOfOthers(IEnumerable<RpmPackageInfo> owners, RpmPackageInfo cause, DependencyFlags moment, int causeCount)
    {
        foreach (var owner in owners)
        {
            if (PackageTriggers(owner, moment).FirstOrDefault(trigger => WaitsFor(trigger, cause, moment)) is { } trigger)
            {
                Run(owner, trigger, moment, [Count(owner), causeCount], "");
            }
        }
    }

    // Each script runs at most once, however many packages it has been waiting for: runImmedTriggers.
    private void RunOwn(RpmPackageInfo owner, IReadOnlyList<RpmPackageInfo> present, DependencyFlags moment, int ownerCount)
    {
        foreach (var trigger in PackageTriggers(owner, moment))
        {
            if (present.FirstOrDefault(other => WaitsFor(trigger, other, moment)) is { } cause)
            {
                Run(owner, trigger, moment, [ownerCount, Count(cause)], "");
            }
        }
    }

    private void RunFileTriggersOfOthers(IEnumerable<RpmPackageInfo> owners, DependencyFlags moment, bool early, RpmPackageInfo cause, int causeCount)
    {
        foreach (var (owner, trigger) in FileTriggers(owners, RpmTriggerKind.File, moment).Where(pair => pair.Trigger.Priority >= EarlyPriority == early))
        {
            if (Matches(trigger, moment, [cause]) is { Count: > 0 } paths)
            {
                Run(owner, trigger, moment, [Count(owner), causeCount], Lines(paths));
            }
        }
    }

    private void RunOwnFileTriggers(RpmPackageInfo owner, DependencyFlags moment, bool early, IEnumerable<RpmPackageInfo> causes, int ownerCount)
    {
        foreach (var (_, trigger) in FileTriggers([owner], RpmTriggerKind.File, moment).Where(pair => pair.Trigger.Priority >= EarlyPriority == early))
        {
            if (Matches(trigger, moment, causes) is { Count: > 0 } paths)
            {
                Run(owner, trigger, moment, [ownerCount], Lines(paths));
            }
        }
    }

    private void RunOverTransaction(IEnumerable<RpmPackageInfo> owners, DependencyFlags moment, IEnumerable<RpmPackageInfo> causes)
    {
        foreach (var (owner, trigger) in FileTriggers(owners, RpmTriggerKind.TransactionFile, moment))
        {
            if (Matches(trigger, moment, causes) is { Count: > 0 } paths)
            {
                Run(owner, trigger, moment, [Count(owner)], Lines(paths));
            }
        }
    }

    private static IEnumerable<RpmTrigger> PackageTriggers(RpmPackageInfo package, DependencyFlags moment) => package.Triggers
        .Where(trigger => trigger.Kind == RpmTriggerKind.Package && (trigger.Events & moment) != 0);

    // The highest priority first.
    private static List<(RpmPackageInfo Owner, RpmTrigger Trigger)> FileTriggers(IEnumerable<RpmPackageInfo> owners, RpmTriggerKind kind, DependencyFlags moment) =>
    [
        .. owners
            .SelectMany(owner => owner.Triggers.Where(trigger => trigger.Kind == kind && (trigger.Events & moment) != 0).Select(trigger => (Owner: owner, Trigger: trigger)))
            .OrderByDescending(pair => pair.Trigger.Priority),
    ];

    private static bool WaitsFor(RpmTrigger trigger, RpmPackageInfo package, DependencyFlags moment)
    {
        var itself = new Dependency(package.Nevra.Name, DependencyFlags.Equal, package.Nevra.Evr);
        return trigger.Conditions.Any(condition => (condition.Flags & moment) != 0 && condition.Overlaps(itself));
    }

    // The files of some packages that a trigger waits for.
    private List<string> Matches(RpmTrigger trigger, DependencyFlags moment, IEnumerable<RpmPackageInfo> packages)
    {
        var prefixes = trigger.Conditions.Where(condition => (condition.Flags & moment) != 0).Select(condition => condition.Name).ToArray();
        return [.. packages
            .SelectMany(package => package.Files.Select(file => file.Path))
            .Where(path => Array.Exists(prefixes, prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(path => moment == DependencyFlags.TriggerPostUninstall || Exists(path))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    // What an image leaves out, as documentation and languages may be, sets off nothing.
    private bool Exists(string path) => ImagePath.TryNormalize(path, out var canonical) && tree.Resolve(canonical, followLast: false) is not null;

    private static string Lines(List<string> paths) => string.Concat(paths.Select(path => path + "\n"));

    private static string SpecName(RpmTriggerKind kind, DependencyFlags moment)
    {
        var prefix = kind switch
        {
            RpmTriggerKind.File => "%filetrigger",
            RpmTriggerKind.TransactionFile => "%transfiletrigger",
            _ => "%trigger",
        };
        return prefix + moment switch
        {
            DependencyFlags.TriggerPreInstall => "prein",
            DependencyFlags.TriggerInstall => "in",
            DependencyFlags.TriggerUninstall => "un",
            _ => "postun",
        };
    }

    private int Count(RpmPackageInfo package) => installedCount.GetValueOrDefault(package.Nevra.Name);

    private void Run(RpmPackageInfo owner, RpmTrigger trigger, DependencyFlags moment, int[] counts, string input) => scriptlets.Run(new ScriptletCall(
        owner.Nevra.ToString(),
        SpecName(trigger.Kind, moment),
        [trigger.Interpreter],
        trigger.Body,
        [.. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))],
        input)
    {
        NeedsExpansion = Expansion(trigger.Flags),
    });
}
