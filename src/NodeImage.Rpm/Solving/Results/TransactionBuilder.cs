namespace NodeImage.Rpm.Solving;

/// <summary>Turns decisions into a transaction.</summary>
internal sealed class TransactionBuilder(SolveContext context)
{
    private readonly PoolView _view = context.View;
    private readonly Trail _trail = context.Trail;

    // By installed package that goes, those that take its place, the best first.
    private readonly Dictionary<int, List<int>> _replacers = [];

    // By package that comes, the installed ones whose place it takes.
    private readonly Dictionary<int, List<int>> _replaced = [];

    public SolverTransaction Build()
    {
        var installs = new List<int>();
        foreach (var literal in _trail.Literals)
        {
            if (literal > PackagePool.SystemPackage && !_view.IsInstalled(literal))
            {
                installs.Add(literal);
                AddReplaced(literal);
            }
        }

        foreach (var (replaced, replacers) in _replacers)
        {
            replacers.Sort((left, right) => CompareReplacers(replaced, left, right));
        }

        var steps = new List<TransactionStep>();
        var reasons = new ReasonFinder(context);
        steps.AddRange(Sorted(installs).Select(package => Step(package, reasons)));
        steps.AddRange(Sorted(Erased()).Select(package => EraseStep(package, reasons)));
        var all = Enumerable.Range(PackagePool.FirstPackage, _view.Packages.Length - PackagePool.FirstPackage)
            .Where(_trail.IsInstalled);
        return new SolverTransaction(steps, [.. Sorted(all).Select(package => _view.Pool[package])], reasons.Explain);
    }

    private IEnumerable<int> Sorted(IEnumerable<int> packages) =>
        packages.Order(Comparer<int>.Create((left, right) =>
        {
            var order = _view.Pool.SourceOf(left).Nevra.CompareTo(_view.Pool.SourceOf(right).Nevra);
            return order != 0 ? order : left - right;
        }));

    // Installed packages that go and that nothing of their name replaces.
    private IEnumerable<int> Erased()
    {
        for (var package = _view.InstalledStart; package < _view.InstalledEnd; package++)
        {
            if (_trail.IsRejected(package)
                && !(_replacers.TryGetValue(package, out var replacers) && _view.SameName(package, replacers[0])))
            {
                yield return package;
            }
        }
    }

    private void AddReplaced(int package)
    {
        var multi = context.Marks.MultiVersion.Contains(package);
        foreach (var other in _view.ProvidersOfName(package))
        {
            if (_view.IsInstalled(other)
                && _trail.IsRejected(other)
                && (!multi || _view.SameNevra(package, other))
                && (_view.Options.SameNameMatchesProvides || _view.SameName(package, other))
                && (!_view.Options.SameNameReplacesOwnWidthOnly || _view.SameWidth(package, other)))
            {
                AddReplacer(other, package);
            }
        }

        for (var i = multi ? 0 : _view.Packages[package].Obsoletes; _view.Requirements[i] != 0; i++)
        {
            foreach (var other in _view.ProvidersOf(_view.Requirements[i]))
            {
                if (_view.IsInstalled(other)
                    && _trail.IsRejected(other)
                    && _view.ObsoletesReach(package, _view.Requirements[i], other))
                {
                    AddReplacer(other, package);
                }
            }
        }
    }

    private void AddReplacer(int replaced, int package)
    {
        if (!_replacers.TryGetValue(replaced, out var replacers))
        {
            _replacers.Add(replaced, replacers = []);
        }

        if (!replacers.Contains(package))
        {
            replacers.Add(package);
            if (!_replaced.TryGetValue(package, out var list))
            {
                _replaced.Add(package, list = []);
            }

            list.Add(replaced);
        }
    }

    // Packages of the same name first, then the highest version, then the same architecture.
    private int CompareReplacers(int replaced, int left, int right)
    {
        if (!_view.SameName(left, right))
        {
            return _view.SameName(replaced, left) ? -1
                : _view.SameName(replaced, right) ? 1
                : string.CompareOrdinal(_view.Pool.SourceOf(left).Nevra.Name, _view.Pool.SourceOf(right).Nevra.Name);
        }

        var order = _view.CompareVersions(right, left);
        if (order != 0)
        {
            return order;
        }

        var architecture = _view.Packages[replaced].Architecture;
        var sameLeft = _view.Packages[left].Architecture == architecture;
        var sameRight = _view.Packages[right].Architecture == architecture;
        return sameLeft != sameRight ? (sameLeft ? -1 : 1) : left - right;
    }

    private TransactionStep Step(int package, ReasonFinder reasons)
    {
        var replaced = Sorted(_replaced.GetValueOrDefault(package, [])
            .Where(other => _replacers[other][0] == package && _view.SameName(package, other)))
            .Select(other => new Replacement(_view.Pool[other], KindOf(package, other)))
            .ToArray();
        var (reason, job) = reasons.ReasonOf(package);
        return new TransactionStep(
            replaced.Length > 0 ? replaced[^1].Kind : TransactionStepKind.Install,
            _view.Pool[package],
            replaced,
            reason)
        {
            Job = job,
        };
    }

    private TransactionStepKind KindOf(int package, int replaced)
    {
        if (_view.AreIdentical(package, replaced))
        {
            return TransactionStepKind.Reinstall;
        }

        var order = _view.CompareVersions(package, replaced);
        return order > 0 ? TransactionStepKind.Upgrade : order < 0 ? TransactionStepKind.Downgrade : TransactionStepKind.Change;
    }

    private TransactionStep EraseStep(int package, ReasonFinder reasons)
    {
        var (reason, job) = reasons.ReasonOf(package);
        return new TransactionStep(TransactionStepKind.Erase, _view.Pool[package], [], reason)
        {
            ObsoletedBy = _replacers.TryGetValue(package, out var replacers) ? _view.Pool[replacers[0]] : null,
            Job = job,
        };
    }
}
