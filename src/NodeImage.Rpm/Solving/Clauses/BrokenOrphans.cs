namespace NodeImage.Rpm.Solving;

/// <summary>
/// Dependencies of installed packages that no repository has: they are turned off, and what they would have brought in is
/// brought in at the end where it can be.
/// </summary>
internal sealed class BrokenOrphans
{
    private readonly SolveContext _context;
    private readonly IntList _clauses = new();

    private BrokenOrphans(SolveContext context) => _context = context;

    /// <summary>Turns the dependencies of orphans off.</summary>
    /// <returns>Them, or null where there are none.</returns>
    public static BrokenOrphans? Break(SolveContext context)
    {
        var result = new BrokenOrphans(context);
        if (!context.Marks.DropOrphaned.IsAll)
        {
            result.Break();
        }

        return result._clauses.Count > 0 ? result : null;
    }

    /// <summary>Turns them off again after weak clauses have been turned on.</summary>
    public void Disable()
    {
        foreach (var clause in _clauses.Span)
        {
            _context.Clauses.Disable(clause);
        }
    }

    /// <summary>Finds packages that would meet the dependencies which are not met.</summary>
    public void FindMissing(IntList found)
    {
        found.Clear();
        foreach (var clause in _clauses.Span)
        {
            if (IsMet(clause))
            {
                continue;
            }

            foreach (var literal in _context.Clauses.LiteralsOf(clause))
            {
                if (literal > 0 && _context.Trail.IsUndecided(literal) && !_context.View.IsInstalled(literal))
                {
                    found.AddUnique(literal);
                }
            }
        }
    }

    private void Break()
    {
        var view = _context.View;
        var orphans = new PackageSet(view.Packages.Length);
        foreach (var package in _context.Marks.Orphaned.Span)
        {
            if (!_context.Marks.DropOrphaned.Contains(package))
            {
                orphans.Add(package);
            }
        }

        var dependencies = _context.Clauses.Dependencies;
        for (var i = dependencies.Start; i < dependencies.End; i++)
        {
            ref var clause = ref _context.Clauses[i];
            if (clause.First < 0 && !(clause.IsShort && clause.Watch2 < 0) && IsAboutAny(i, orphans))
            {
                _clauses.Add(i);
                _context.Clauses.Disable(i);
            }
        }
    }

    private bool IsAboutAny(int clause, PackageSet orphans)
    {
        foreach (var literal in _context.Clauses.LiteralsOf(clause))
        {
            if (literal > 0)
            {
                return false;
            }

            if (orphans.Contains(-literal))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMet(int clause)
    {
        foreach (var literal in _context.Clauses.LiteralsOf(clause))
        {
            if (literal < 0
                ? !_context.Trail.IsInstalled(-literal)
                : _context.Trail.IsInstalled(literal) && !_context.View.IsInstalled(literal))
            {
                return true;
            }
        }

        return false;
    }
}
