namespace NodeImage.Rpm.Solving;

/// <summary>
/// Decides what clauses of one literal assert, at level 1. Assertions that contradict each other are problems at once; weak ones
/// come last and are given up.
/// </summary>
internal sealed class AssertionPhase(SolveContext context, LearntHistory history, UnsolvableAnalyzer unsolvable)
{
    private bool _gaveUp;

    private ClauseStore Clauses => context.Clauses;

    private Trail Trail => context.Trail;

    /// <summary>Decides all assertions, beginning with nothing decided.</summary>
    public void Run()
    {
        _gaveUp = false;
        Trail.BeginLevel(DecisionReason.None);
        Trail.BeginLevel(DecisionReason.None);
        Trail.Decide(PackagePool.SystemPackage, 1, 0);
        while (!RunStrong() || !RunWeak())
        {
            // Something was given up: begin anew.
            Trail.RevertTo(1);
        }
    }

    private bool RunStrong()
    {
        for (var i = 0; i < context.Assertions.Count; i++)
        {
            var clause = context.Assertions[i];
            if (_gaveUp && Clauses.IsLearnt(clause))
            {
                history.Refresh();
                _gaveUp = false;
            }

            if (Clauses[clause].IsDisabled || IsWeak(clause) || !Contradicts(clause))
            {
                continue;
            }

            if (Clauses.IsLearnt(clause))
            {
                // A package that cannot be installed for more than one reason.
                Clauses.Disable(clause);
                continue;
            }

            Handle(clause);
            _gaveUp = true;
            return false;
        }

        return true;
    }

    private bool RunWeak()
    {
        for (var i = 0; i < context.Assertions.Count; i++)
        {
            var clause = context.Assertions[i];
            if (!Clauses[clause].IsDisabled && IsWeak(clause) && Contradicts(clause))
            {
                context.Switches.GiveUp(clause);
                _gaveUp = true;
                return false;
            }
        }

        return true;
    }

    private bool IsWeak(int clause) => !Clauses.IsLearnt(clause) && context.Weak.Contains(clause);

    // Decides the literal where it is open; true where the opposite is decided already.
    private bool Contradicts(int clause)
    {
        var literal = Clauses[clause].First;
        if (Trail.IsUndecided(Math.Abs(literal)))
        {
            Trail.Decide(literal, 1, clause);
            return false;
        }

        return Trail.IsFalse(literal);
    }

    private void Handle(int clause)
    {
        var literal = Clauses[clause].First;
        var cause = Trail.ClauseAt(Trail.Literals.IndexOf(-literal));
        var problem = new ProblemRecord();
        problem.Proof.Add(clause);
        if (cause > 0)
        {
            problem.Proof.Add(cause);
        }

        if (cause < Clauses.Dependencies.End)
        {
            problem.AddCulprit(context.Switches.CulpritOf(clause));
        }
        else
        {
            AddAllAbout(Math.Abs(literal), problem);
        }

        var installed = problem.Culprits.Any(culprit => Clauses.Features.Contains(culprit) || Clauses.Updates.Contains(culprit));
        if (!installed || !unsolvable.AutoUninstall(problem))
        {
            unsolvable.Record(problem);
        }
    }

    // Everything that says something about the package takes part.
    private void AddAllAbout(int package, ProblemRecord problem)
    {
        foreach (var clause in context.Assertions.Span)
        {
            if (clause >= Clauses.Dependencies.End
                && !Clauses.IsLearnt(clause)
                && !Clauses[clause].IsDisabled
                && Math.Abs(Clauses[clause].First) == package
                && !IsWeak(clause))
            {
                problem.AddCulprit(context.Switches.CulpritOf(clause));
            }
        }
    }
}
