namespace NodeImage.Rpm.Solving;

/// <summary>Keeps packages of inferior architectures out where the same package is to be had in the best one.</summary>
internal sealed class ArchitectureClauses(PoolView view, Marks marks, PackageSet added, ClauseStore clauses)
{
    private readonly IntList _allowed = new();
    private readonly IntList _inferior = new();
    private readonly IntList _siblings = new();

    public void Add()
    {
        var start = clauses.Count;
        for (var package = PackagePool.FirstPackage; package < view.Packages.Length; package++)
        {
            if (added.Contains(package) && IsFirstOfName(package))
            {
                AddName(package);
            }
        }

        clauses.InferiorArchitectures = new ClauseRange(start, clauses.Count);
    }

    private bool IsFirstOfName(int package)
    {
        foreach (var other in view.ProvidersOfName(package))
        {
            if (view.SameName(package, other) && added.Contains(other))
            {
                return other == package;
            }
        }

        return false;
    }

    private void AddName(int package)
    {
        var best = FindBest(package, out var bestArchitecture);
        if (best == 0)
        {
            return;
        }

        if (_allowed.Count == 1 && bestArchitecture == _allowed[0])
        {
            _allowed.Clear();
        }

        if (_allowed.Count > 0 && view.Options.SameNameReplacesOwnWidthOnly)
        {
            FindAllowedInLockStep(package, best);
        }

        FindInferior(package, best);
        foreach (var inferior in _inferior.Span)
        {
            AddInferior(inferior, best);
        }
    }

    // The best architecture is looked for among what is not installed; what is installed may be kept.
    private uint FindBest(int package, out int bestArchitecture)
    {
        _allowed.Clear();
        bestArchitecture = 0;
        var best = 0u;
        foreach (var other in view.ProvidersOfName(package))
        {
            if (!view.SameName(package, other) || !added.Contains(other))
            {
                continue;
            }

            var score = view.Score(other);
            if (score != 1 && view.IsInstalled(other))
            {
                if (!marks.DistUpgradeInvolved.Contains(other))
                {
                    _allowed.AddUnique(view.Packages[other].Architecture);
                }

                continue;
            }

            if (score > 1 && (best == 0 || score < best))
            {
                best = score;
                bestArchitecture = view.Packages[other].Architecture;
            }
        }

        return best;
    }

    // An installed package of an inferior architecture may be kept only where the better one is not installed beside it.
    private void FindAllowedInLockStep(int package, uint best)
    {
        _allowed.Clear();
        foreach (var other in view.ProvidersOfName(package))
        {
            if (!view.SameName(package, other)
                || !view.IsInstalled(other)
                || !added.Contains(other)
                || marks.DistUpgradeInvolved.Contains(other))
            {
                continue;
            }

            var score = view.Score(other);
            if (score == 0 || (score != 1 && !PoolView.SameClass(score, best) && !HasBetterSibling(other, best)))
            {
                _allowed.AddUnique(view.Packages[other].Architecture);
            }
        }
    }

    private bool HasBetterSibling(int package, uint best)
    {
        foreach (var other in view.ProvidersOfName(package))
        {
            if (IsSibling(package, other) && IsAtLeast(view.Score(other), best))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSibling(int package, int other) =>
        other != package
        && view.SameName(package, other)
        && view.Packages[package].Version == view.Packages[other].Version
        && view.Packages[package].Architecture != view.Packages[other].Architecture;

    private static bool IsAtLeast(uint score, uint best) => score == 1 || (score != 0 && PoolView.SameClass(score, best));

    private void FindInferior(int package, uint best)
    {
        _inferior.Clear();
        foreach (var other in view.ProvidersOfName(package))
        {
            var score = view.Score(other);
            if (!view.SameName(package, other) || !added.Contains(other) || score == 1 || PoolView.SameClass(score, best))
            {
                continue;
            }

            if (view.IsInstalled(other) ? view.Options.SameNameReplacesOwnWidthOnly : !IsAllowed(other, score))
            {
                _inferior.Add(other);
            }
        }
    }

    private bool IsAllowed(int package, uint score)
    {
        foreach (var allowed in _allowed.Span)
        {
            if (allowed == view.Packages[package].Architecture)
            {
                return true;
            }

            var allowedScore = view.Pool.ArchitectureScores[allowed];
            if (allowedScore != 0 && PoolView.SameClass(score, allowedScore))
            {
                return true;
            }
        }

        return false;
    }

    private void AddInferior(int package, uint best)
    {
        if (!view.Options.SameNameReplacesOwnWidthOnly)
        {
            clauses.Add(ClauseKind.InferiorArchitecture, -package, 0, package);
            return;
        }

        // It may come beside the same version of a better architecture.
        _siblings.Clear();
        var installed = false;
        foreach (var other in view.ProvidersOfName(package))
        {
            if (IsSibling(package, other) && IsAtLeast(view.Score(other), best))
            {
                _siblings.Add(other);
                installed |= view.IsInstalled(other);
            }
        }

        if (!view.IsInstalled(package) || installed)
        {
            clauses.AddWithList(ClauseKind.InferiorArchitecture, -package, clauses.Lists.Add(_siblings.Span), package);
        }
    }
}
