namespace NodeImage.Rpm.Solving;

/// <summary>Makes the clauses of the smaller policies: blacklists, repository priorities and recommendations.</summary>
internal sealed class PolicyClauses(PoolView view, Marks marks, ClauseStore clauses, WeakClauses weak)
{
    /// <summary>Keeps out what is blacklisted.</summary>
    public void AddBlacklist(ResolvedJob[] jobs)
    {
        var start = clauses.Count;
        var lists = jobs.Where(job => job.Action == SolverAction.Blacklist).ToArray();

        // Where a blacklisted package is installed already, its other versions are as welcome.
        var installed = lists.SelectMany(job => job.Packages)
            .Where(view.IsInstalled)
            .Select(package => view.Packages[package].Name)
            .ToHashSet();
        foreach (var package in lists.SelectMany(job => job.Packages))
        {
            if (!view.IsInstalled(package) && !installed.Contains(view.Packages[package].Name))
            {
                clauses.Add(ClauseKind.Blacklist, -package, 0, package);
            }
        }

        clauses.Blacklist = new ClauseRange(start, clauses.Count);
    }

    /// <summary>Makes recommendations, where they are as binding as requirements, pass over what is not favored.</summary>
    public void AddFavoredRecommends()
    {
        var start = clauses.Count;
        if (marks.HasDisfavored)
        {
            for (var i = clauses.Dependencies.Start; i < clauses.Dependencies.End; i++)
            {
                if (clauses[i].Kind == ClauseKind.Recommends)
                {
                    AddFavored(i);
                }
            }
        }

        clauses.FavoredRecommends = new ClauseRange(start, clauses.Count);
    }

    /// <summary>Marks recommendations, where they are as binding as requirements, as weak.</summary>
    public void WeakenRecommends()
    {
        for (var i = clauses.Dependencies.Start; i < clauses.Dependencies.End; i++)
        {
            if (clauses[i].Kind == ClauseKind.Recommends)
            {
                weak.Add(i);
            }
        }
    }

    /// <summary>Keeps out packages that a repository of higher priority has too.</summary>
    public void AddRepositoryPriorities(PackageSet added)
    {
        var start = clauses.Count;
        var rest = new PackageSet(view.Packages.Length);
        rest.CopyFrom(added);
        for (var package = PackagePool.FirstPackage; package < view.Packages.Length; package++)
        {
            if (rest.Contains(package))
            {
                AddRepositoryPriority(package, rest);
            }
        }

        clauses.RepositoryPriorities = new ClauseRange(start, clauses.Count);
    }

    private void AddFavored(int clause)
    {
        var literals = new IntList();
        var disfavored = false;
        var positive = false;
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal > 0 && marks.IsDisfavored(literal))
            {
                disfavored = true;
                continue;
            }

            positive |= literal > 0;
            literals.Add(literal);
        }

        if (!disfavored)
        {
            return;
        }

        clauses.Disable(clause);
        if (positive && literals.Count > 1)
        {
            clauses.Add(ClauseKind.FavoredRecommends, literals.Span, clause);
        }
    }

    private void AddRepositoryPriority(int package, PackageSet rest)
    {
        var best = view.PriorityOf(package);
        foreach (var other in view.ProvidersOfName(package))
        {
            best = view.SameName(package, other) ? Math.Max(best, view.PriorityOf(other)) : best;
        }

        foreach (var other in view.ProvidersOfName(package))
        {
            if (!view.SameName(package, other) || !rest.Contains(other))
            {
                continue;
            }

            rest.Remove(other);
            if (!view.IsInstalled(other) && view.PriorityOf(other) < best)
            {
                clauses.Add(ClauseKind.RepositoryPriority, -other, 0, other);
            }
        }
    }
}
