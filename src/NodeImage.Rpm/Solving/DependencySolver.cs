namespace NodeImage.Rpm.Solving;

/// <summary>
/// Finds out which packages have to be installed and removed to fulfil a request. It is a conflict-driven search (CDCL) over the
/// packages' dependencies, whose free choices are made as libsolv makes them, so that the answer is the one dnf gives.
/// </summary>
public static class DependencySolver
{
    /// <summary>Solves a request.</summary>
    /// <param name="pool">The packages to choose from.</param>
    /// <param name="request">What is asked for.</param>
    /// <returns>The transaction, or the problems.</returns>
    public static SolverResult Solve(PackagePool pool, SolverRequest request)
    {
        var view = new PoolView(pool, Excluded(pool, request));
        var jobs = new List<SolverJob>(request.Jobs);
        FrozenBaseJobs.Add(pool, request, jobs);
        var context = new SolveContext(view, request.Options, JobTable.Resolve(view, jobs)) { IsFrozen = request.FrozenBase is not null };
        ClauseAssembler.Assemble(context);
        var search = new SolverSearch(context);
        search.Run();
        var transaction = new TransactionBuilder(context).Build();
        var problems = new ProblemWriter(context, search.History, request).Write();
        var statistics = new SolverStatistics(context.Clauses.LearntStart - 1, search.LearntCount, context.Problems.Count);
        return new SolverResult(transaction, problems, statistics);
    }

    private static PackageSet? Excluded(PackagePool pool, SolverRequest request)
    {
        if (request.Excluded.Count == 0)
        {
            return null;
        }

        var view = new PoolView(pool, null);
        var excluded = new PackageSet(pool.Packages.Length);
        foreach (var package in request.Excluded.SelectMany(selection => JobTable.Select(view, selection)))
        {
            excluded.Add(package);
        }

        return excluded;
    }
}
