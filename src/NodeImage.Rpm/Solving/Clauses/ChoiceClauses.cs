namespace NodeImage.Rpm.Solving;

/// <summary>
/// Makes, beside requirements that an installed package or an update of one can meet, weak clauses that leave other providers
/// out: what is there is kept rather than something new brought in.
/// </summary>
internal sealed class ChoiceClauses(
    PoolView view, Marks marks, UpdateCandidates updates, ClauseStore clauses, CandidatePolicy policy, WeakClauses weak)
{
    private readonly PackageSet _rejected = new(view.Packages.Length);
    private readonly PackageSet _positive = new(view.Packages.Length);
    private readonly IntList _installed = new();
    private readonly IntList _preferred = new();

    // The best updates of one installed package, kept between clauses.
    private readonly IntList _updates = new();
    private int _updatesOf;
    private bool _updatesFiltered;

    public void Add()
    {
        var start = clauses.Count;
        if (view.HasInstalled)
        {
            FindRejected(clauses.InferiorArchitectures);
            FindRejected(clauses.DistUpgrades);
            for (var i = clauses.Dependencies.Start; i < clauses.Dependencies.End; i++)
            {
                ref var clause = ref clauses[i];
                if (clause.First < 0 && (!clause.IsShort || clause.Watch2 > 0))
                {
                    AddChoice(i, start);
                }
            }
        }

        clauses.Choices = new ClauseRange(start, clauses.Count);
    }

    private void FindRejected(ClauseRange range)
    {
        for (var i = range.Start; i < range.End; i++)
        {
            if (clauses[i].IsAssertion && clauses[i].First < 0)
            {
                _rejected.Add(-clauses[i].First);
            }
        }
    }

    private void AddChoice(int clause, int start)
    {
        if (!SplitProviders(clause, out var ofInstalled))
        {
            return;
        }

        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal > 0)
            {
                _positive.Add(literal);
            }
        }

        if (!ofInstalled)
        {
            KeepStillProviding();
        }

        var needed = _installed.Count > 0 && UpdatesLeaveClause();
        var negative = new IntList(2);
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal > 0)
            {
                _positive.Remove(literal);
            }
            else if (literal != clauses[clause].First)
            {
                negative.Add(literal);
            }
        }

        if (needed)
        {
            _preferred.InsertRange(0, negative.Span);
            Store(clause, start);
        }
    }

    // Finds the providers that are installed or update something that is, beside others that are new.
    private bool SplitProviders(int clause, out bool ofInstalled)
    {
        _installed.Clear();
        _preferred.Clear();
        ofInstalled = false;
        var anyNew = false;
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal < 0)
            {
                ofInstalled |= view.IsInstalled(-literal) && !marks.Update.Contains(-literal);
                continue;
            }

            var replaced = literal == PackagePool.SystemPackage ? -1 : InstalledFor(literal);
            if (replaced == 0)
            {
                anyNew = true;
            }
            else if (replaced == literal
                || (replaced > 0
                    && !_rejected.Contains(literal)
                    && updates.Violations(replaced, literal, PolicyViolations.None) == PolicyViolations.None))
            {
                _installed.Add(replaced);
                _preferred.Add(literal);
            }
        }

        return anyNew && _installed.Count > 0;
    }

    /// <summary>The installed package that a package is, or that it would replace; or 0.</summary>
    private int InstalledFor(int package)
    {
        if (view.IsInstalled(package))
        {
            return package;
        }

        foreach (var other in view.ProvidersOfName(package))
        {
            if (view.IsInstalled(other)
                && (view.Options.SameNameMatchesProvides || view.SameName(package, other))
                && (!view.Options.SameNameReplacesOwnWidthOnly || view.SameWidth(package, other)))
            {
                return other;
            }
        }

        for (var i = view.Packages[package].Obsoletes; view.Requirements[i] != 0; i++)
        {
            foreach (var other in view.ProvidersOf(view.Requirements[i]))
            {
                if (view.IsInstalled(other) && view.ObsoletesReach(package, view.Requirements[i], other))
                {
                    return other;
                }
            }
        }

        return 0;
    }

    private void KeepStillProviding()
    {
        var kept = 0;
        for (var i = 0; i < _installed.Count; i++)
        {
            if (marks.Update.Contains(_installed[i]) && UpdatesStopProviding(_installed[i]))
            {
                continue;
            }

            _installed[kept] = _installed[i];
            _preferred[kept++] = _preferred[i];
        }

        _installed.Truncate(kept);
        _preferred.Truncate(kept);
    }

    private int UpdateElseFeature(int package)
    {
        var update = clauses.Updates.Start + package - view.InstalledStart;
        return clauses[update].First != 0 ? update : clauses.Features.Start + package - view.InstalledStart;
    }

    /// <summary>Whether none of the best updates of an installed package provides what the clause is about.</summary>
    private bool UpdatesStopProviding(int package)
    {
        if (_updatesOf != package)
        {
            _updates.Clear();
            _updatesOf = 0;
            var clause = UpdateElseFeature(package);
            if (clauses[clause].First == 0)
            {
                return false;
            }

            _updatesOf = package;
            _updatesFiltered = false;
            foreach (var literal in clauses.LiteralsOf(clause))
            {
                if (literal > 0)
                {
                    _updates.Add(literal);
                }
            }
        }

        if (_updates.Count > 1 && !_updatesFiltered)
        {
            if (All(_updates))
            {
                return false;
            }

            policy.Filter(_updates, FilterMode.Choose);
            _updatesFiltered = true;
        }

        return !Any(_updates);
    }

    private bool All(IntList packages)
    {
        foreach (var package in packages.Span)
        {
            if (!_positive.Contains(package))
            {
                return false;
            }
        }

        return true;
    }

    private bool Any(IntList packages)
    {
        foreach (var package in packages.Span)
        {
            if (_positive.Contains(package))
            {
                return true;
            }
        }

        return false;
    }

    // Where everything that the installed packages can become meets the requirement too, there is nothing to prefer.
    private bool UpdatesLeaveClause()
    {
        foreach (var package in _installed.Span)
        {
            foreach (var literal in clauses.LiteralsOf(UpdateElseFeature(package)))
            {
                if (!_positive.Contains(literal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Store(int clause, int start)
    {
        var first = clauses[clause].First;
        if (clauses.Count > start && IsSame(clauses.Count - 1, first))
        {
            return;
        }

        var added = clauses.AddWithList(ClauseKind.Choice, first, clauses.Lists.Add(_preferred.Span), clause);
        weak.Add(added);
    }

    private bool IsSame(int clause, int first)
    {
        if (clauses[clause].First != first)
        {
            return false;
        }

        var position = 0;
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (position > 0 && (position > _preferred.Count || _preferred[position - 1] != literal))
            {
                return false;
            }

            position++;
        }

        return position == _preferred.Count + 1;
    }
}
