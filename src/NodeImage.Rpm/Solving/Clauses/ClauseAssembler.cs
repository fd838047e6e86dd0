namespace NodeImage.Rpm.Solving;

/// <summary>Makes all clauses of a run, kind by kind.</summary>
internal static class ClauseAssembler
{
    public static void Assemble(SolveContext context)
    {
        var (view, options, marks, clauses) = (context.View, context.Options, context.Marks, context.Clauses);
        var dependencies = AddDependencies(context);
        new DistUpgradeMarks(view, options, marks, context.Updates, context.Jobs).Read();
        new UpdateClauses(view, options, marks, context.Updates, clauses).Add();
        var jobs = new JobClauses(view, context.Jobs, clauses, context.Weak);
        jobs.Add();

        if (!options.IgnoreInferiorArchitectures)
        {
            new ArchitectureClauses(view, marks, dependencies.Added, clauses).Add();
        }

        new DistUpgradeClauses(view, marks, dependencies.Added, clauses).Add();
        new BestClauses(view, options, marks, clauses, context.Candidates, context.Weak).Add(context.Jobs, jobs);
        if (options.SplitObsoletes)
        {
            new SplitObsoletesClauses(view, context.Updates, clauses, context.Candidates).Add();
        }

        var policy = new PolicyClauses(view, marks, clauses, context.Weak);
        policy.AddBlacklist(context.Jobs);
        if (options.StrongRecommends)
        {
            policy.AddFavoredRecommends();
        }

        if (options.StrictRepositoryPriority)
        {
            policy.AddRepositoryPriorities(dependencies.Added);
        }

        new ChoiceClauses(view, marks, context.Updates, clauses, context.Candidates, context.Weak).Add();
        policy.WeakenRecommends();
        clauses.LearntStart = clauses.Count;
        context.Weak.Freeze(clauses.Count);
        FindAssertions(context);
        context.Policies.Apply();
        if (marks.ProcessesOrphans && marks.Orphaned.Count > 0 && options.BreakOrphans)
        {
            context.BrokenOrphans = BrokenOrphans.Break(context);
        }
    }

    private static DependencyClauses AddDependencies(SolveContext context)
    {
        var (view, clauses) = (context.View, context.Clauses);
        var dependencies = new DependencyClauses(view, context.Options, context.Marks, clauses);
        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            dependencies.Add(package);
        }

        var found = new IntList();
        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            context.Updates.Find(package, UpdateScope.All, found);
            foreach (var other in found.Span)
            {
                dependencies.Add(other);
            }
        }

        foreach (var job in context.Jobs)
        {
            foreach (var package in job.Action == SolverAction.Install ? job.Packages : [])
            {
                dependencies.Add(package);
            }
        }

        new WeakReach(view, dependencies).Add();
        clauses.SortAndUnify();
        clauses.Dependencies = new ClauseRange(1, clauses.Count);
        return dependencies;
    }

    private static void FindAssertions(SolveContext context)
    {
        for (var i = 1; i < context.Clauses.Count; i++)
        {
            if (context.Clauses[i].IsAssertion)
            {
                context.Assertions.Add(i);
            }
        }
    }
}
