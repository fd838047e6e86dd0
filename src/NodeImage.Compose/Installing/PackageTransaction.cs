using System.Globalization;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Files;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>
/// Installs, updates and removes packages in the order of rpm's own transactions: <c>lib/rpmts.c</c> and <c>lib/psm.c</c>,
/// and "Order of script execution" in its documentation of file triggers.
/// </summary>
internal sealed class PackageTransaction
{
    private readonly PackageInstaller _installer;
    private readonly ScriptletRunner _scriptlets;
    private readonly TriggerRunner _triggers;
    private readonly Dictionary<string, int> _installedCount;
    private readonly List<RpmPackageInfo> _present;

    /// <summary>Prepares a transaction.</summary>
    /// <param name="installer">Puts files into the image.</param>
    /// <param name="scriptlets">Carries scriptlets out.</param>
    /// <param name="tree">The image.</param>
    /// <param name="present">The packages that are installed already: the base's.</param>
    public PackageTransaction(PackageInstaller installer, ScriptletRunner scriptlets, FileTree tree, IEnumerable<RpmPackageInfo> present)
    {
        _installer = installer;
        _scriptlets = scriptlets;
        _present = [.. present];
        _installedCount = _present.GroupBy(package => package.Nevra.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        _triggers = new TriggerRunner(tree, scriptlets, _installedCount);
    }

    /// <summary>Carries the transaction out.</summary>
    /// <param name="install">The packages to install, in the order in which they are installed.</param>
    /// <param name="remove">The installed packages to take away, updated ones included; each goes after what takes its place.</param>
    /// <param name="cancellation">Stops between packages.</param>
    public void Run(IReadOnlyList<InstallablePackage> install, IReadOnlyList<RpmPackageInfo> remove, CancellationToken cancellation)
    {
        foreach (var package in install)
        {
            RunScriptlet(package, RpmScriptletKind.PreTransaction, CountWith(package), isCritical: true);
        }

        _triggers.RunBeforeTransaction(_present, remove);
        var pending = remove.ToList();
        foreach (var package in install)
        {
            cancellation.ThrowIfCancellationRequested();
            Install(package);
            foreach (var old in pending.Where(old => old.Nevra.Name == package.Info.Nevra.Name).ToList())
            {
                pending.Remove(old);
                Remove(old, install);
            }
        }

        pending.ForEach(old => Remove(old, install));
        foreach (var package in install)
        {
            RunScriptlet(package, RpmScriptletKind.PostTransaction, Count(package.Info), isCritical: false);
        }

        _triggers.RunAfterTransaction(_present, install);
    }

    private void Install(InstallablePackage package)
    {
        _triggers.RunBeforeInstallation(_present, package);

        // %pre sees the package counted already, as rpm does.
        var count = CountWith(package);
        RunScriptlet(package, RpmScriptletKind.PreInstall, count, isCritical: true);
        _installer.Install(package);
        _installedCount[package.Info.Nevra.Name] = count;
        _triggers.RunFileTriggers(_present, package, early: true);
        RunScriptlet(package, RpmScriptletKind.PostInstall, count, isCritical: false);
        _triggers.RunPackageTriggers(_present, package);
        _triggers.RunFileTriggers(_present, package, early: false);
        _present.Add(package.Info);
    }

    private void Remove(RpmPackageInfo old, IReadOnlyList<InstallablePackage> install)
    {
        var left = Count(old) - 1;
        _triggers.RunFileTriggersBeforeRemoval(_present, old, early: true, left);
        _triggers.RunBeforeRemoval(_present, old, left);
        RunScriptlet(old, RpmScriptletKind.PreUninstall, left);
        _triggers.RunFileTriggersBeforeRemoval(_present, old, early: false, left);
        _triggers.NoteRemoval(_present, old);
        var owned = _present.Where(other => other != old).Concat(install.Select(package => package.Info)).SelectMany(package => package.Files.Select(file => file.Path)).ToHashSet(StringComparer.Ordinal);
        _installer.Remove(old, owned.Contains);
        _triggers.RunFileTriggersAfterRemoval(_present, old, early: true, left);
        RunScriptlet(old, RpmScriptletKind.PostUninstall, left);
        _triggers.RunAfterRemoval(_present, old, left);
        _triggers.RunFileTriggersAfterRemoval(_present, old, early: false, left);
        _present.Remove(old);
        _installedCount[old.Nevra.Name] = left;
    }

    private int Count(RpmPackageInfo package) => _installedCount.GetValueOrDefault(package.Nevra.Name);

    private int CountWith(InstallablePackage package) => Count(package.Info) + 1;

    private void RunScriptlet(InstallablePackage package, RpmScriptletKind kind, int count, bool isCritical)
    {
        foreach (var scriptlet in package.Info.Scriptlets.Where(scriptlet => scriptlet.Kind == kind))
        {
            _scriptlets.Run(Call(package.Info, scriptlet, count) with
            {
                Subject = package.Subject,
                IsCritical = isCritical || (scriptlet.Flags & RpmScriptletFlags.Critical) != 0,
            });
        }
    }

    private void RunScriptlet(RpmPackageInfo package, RpmScriptletKind kind, int count)
    {
        foreach (var scriptlet in package.Scriptlets.Where(scriptlet => scriptlet.Kind == kind))
        {
            _scriptlets.Run(Call(package, scriptlet, count));
        }
    }

    private static ScriptletCall Call(RpmPackageInfo package, RpmScriptlet scriptlet, int count) => new(
        package.Nevra.ToString(),
        SpecName(scriptlet.Kind),
        scriptlet.Interpreter,
        scriptlet.Body,
        [count.ToString(CultureInfo.InvariantCulture)])
    {
        NeedsExpansion = TriggerRunner.Expansion(scriptlet.Flags),
    };

    private static string SpecName(RpmScriptletKind kind) => kind switch
    {
        RpmScriptletKind.PreTransaction => "%pretrans",
        RpmScriptletKind.PreInstall => "%pre",
        RpmScriptletKind.PostInstall => "%post",
        RpmScriptletKind.PreUninstall => "%preun",
        RpmScriptletKind.PostUninstall => "%postun",
        RpmScriptletKind.PostTransaction => "%posttrans",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
