namespace NodeImage.Rpm.Solving;

/// <summary>How much policy narrows down the packages that an installed one may be replaced by.</summary>
internal enum UpdateScope
{
    /// <summary>The policies for updates apply.</summary>
    Policy,

    /// <summary>Any replacement counts.</summary>
    All,

    /// <summary>The policies for distupgrades apply.</summary>
    DistUpgrade,
}

/// <summary>Finds the packages that can take the place of an installed one, and says what policy has against it.</summary>
internal sealed class UpdateCandidates
{
    private readonly PoolView _view;
    private readonly SolverOptions _options;
    private readonly Marks _marks;

    // By installed package, those of other names that obsolete it, in the order of their numbers.
    private readonly IntList?[] _obsoleters;

    public UpdateCandidates(PoolView view, SolverOptions options, Marks marks)
    {
        _view = view;
        _options = options;
        _marks = marks;
        _obsoleters = new IntList?[view.InstalledCount];
        if (view.InstalledCount > 0)
        {
            IndexObsoleters();
        }
    }

    /// <summary>The packages of other names that obsolete an installed one.</summary>
    public ReadOnlySpan<int> ObsoletersOf(int installed) => _obsoleters[installed - _view.InstalledStart] is { } list ? list.Span : [];

    /// <summary>Finds the replacements of an installed package.</summary>
    /// <param name="package">The installed package.</param>
    /// <param name="scope">How far policy is heeded.</param>
    /// <param name="found">Receives them, in the order of their numbers, obsoleters that do not provide the name last.</param>
    public void Find(int package, UpdateScope scope, IntList found)
    {
        found.Clear();
        var allowed = Allowances(scope);
        var byProvide = false;
        foreach (var other in _view.ProvidersOfName(package))
        {
            if (other == package
                || (_view.HasExcluded && _view.Options.ExcludedStillProvide && !_view.IsInstalled(other) && _view.IsExcluded(other)))
            {
                continue;
            }

            if (_view.SameName(package, other))
            {
                if ((_view.Options.SameNameReplacesOwnWidthOnly && !_view.SameWidth(package, other))
                    || (!allowed.Downgrade && _view.CompareVersions(package, other) > 0))
                {
                    continue;
                }
            }
            else if (!allowed.NameChange || !ReplacesByProvide(package, other))
            {
                continue;
            }
            else
            {
                byProvide = true;
            }

            if (MayReplace(package, other, allowed))
            {
                found.Add(other);
            }
        }

        if (allowed.NameChange && !_options.NeedUpdateByProvide && (_options.NoUpdateByProvide || !byProvide))
        {
            AddObsoleters(package, allowed, found);
        }
    }

    /// <summary>What policy has against replacing an installed package by another.</summary>
    /// <param name="installed">The installed package.</param>
    /// <param name="other">The one that would replace it.</param>
    /// <param name="ignored">What is settled by the job and does not count.</param>
    public PolicyViolations Violations(int installed, int other, PolicyViolations ignored)
    {
        var allowed = Allowances(_marks.DistUpgradeInvolved.Contains(installed) ? UpdateScope.DistUpgrade : UpdateScope.Policy);
        var found = PolicyViolations.None;
        var sameName = _view.SameName(installed, other);
        if (!allowed.Downgrade && sameName && _view.CompareVersions(installed, other) > 0)
        {
            found |= PolicyViolations.Downgrade;
        }

        if (!allowed.ArchitectureChange && _view.ChangesArchitecture(installed, other))
        {
            found |= PolicyViolations.ArchitectureChange;
        }

        if (!allowed.VendorChange && !_view.CompatibleVendors(installed, other))
        {
            found |= PolicyViolations.VendorChange;
        }

        if (!allowed.NameChange && !sameName)
        {
            found |= PolicyViolations.NameChange;
        }

        return found & ~ignored;
    }

    private bool MayReplace(int package, int other, in Allowance allowed) =>
        (allowed.ArchitectureChange || !_view.ChangesArchitecture(package, other))
        && (allowed.VendorChange || _view.CompatibleVendors(package, other));

    // A provider of the name is an update where it also obsoletes the package.
    private bool ReplacesByProvide(int package, int other)
    {
        if (_options.NoUpdateByProvide && !_options.NeedUpdateByProvide)
        {
            return false;
        }

        var lists = _view.Requirements;
        var list = _view.Packages[other].Obsoletes;
        if (list == 0
            || ((_view.Options.ObsoletesOwnWidthOnly || _view.Options.SameNameReplacesOwnWidthOnly) && !_view.SameWidth(package, other)))
        {
            return false;
        }

        for (var i = list; lists[i] != 0; i++)
        {
            if (_view.ProvidersOf(lists[i]).Contains(package)
                && (_view.Options.ObsoletesMatchProvides || _view.MatchesByName(package, lists[i])))
            {
                return true;
            }
        }

        return false;
    }

    private void AddObsoleters(int package, in Allowance allowed, IntList found)
    {
        foreach (var other in ObsoletersOf(package))
        {
            if (MayReplace(package, other, allowed)
                && (!_view.Options.SameNameReplacesOwnWidthOnly || _view.SameWidth(package, other)))
            {
                found.Add(other);
            }
        }
    }

    private void IndexObsoleters()
    {
        var lists = _view.Requirements;
        for (var package = PackagePool.FirstPackage; package < _view.Packages.Length; package++)
        {
            if (_view.Packages[package].Obsoletes == 0 || !_view.IsInstallable(package))
            {
                continue;
            }

            for (var i = _view.Packages[package].Obsoletes; lists[i] != 0; i++)
            {
                foreach (var other in _view.ProvidersOf(lists[i]))
                {
                    if (_view.IsInstalled(other)
                        && !_view.SameName(package, other)
                        && _view.ObsoletesReach(package, lists[i], other))
                    {
                        var list = _obsoleters[other - _view.InstalledStart] ??= new IntList(2);
                        if (list.Count == 0 || list[list.Count - 1] != package)
                        {
                            list.Add(package);
                        }
                    }
                }
            }
        }
    }

    private Allowance Allowances(UpdateScope scope) => scope switch
    {
        UpdateScope.All => new Allowance(true, true, true, true),
        UpdateScope.DistUpgrade => new Allowance(
            _options.DistUpgradeAllowDowngrade,
            _options.DistUpgradeAllowNameChange,
            _options.DistUpgradeAllowArchitectureChange,
            _options.DistUpgradeAllowVendorChange),
        _ => new Allowance(
            _options.AllowDowngrade, _options.AllowNameChange, _options.AllowArchitectureChange, _options.AllowVendorChange),
    };

    private readonly record struct Allowance(bool Downgrade, bool NameChange, bool ArchitectureChange, bool VendorChange);
}

/// <summary>What policy can have against replacing one package by another.</summary>
[Flags]
internal enum PolicyViolations
{
    None = 0,
    Downgrade = 1,
    ArchitectureChange = 2,
    VendorChange = 4,
    NameChange = 8,
}
