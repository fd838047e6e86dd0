using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>Makes diagnostics of problems.</summary>
internal sealed class ProblemWriter(SolveContext context, LearntHistory history, SolverRequest request)
{
    private ClauseStore Clauses => context.Clauses;

    public IReadOnlyList<Diagnostic> Write() => [.. context.Problems.Select(Describe).Distinct()];

    private Diagnostic Describe(ProblemRecord problem)
    {
        var graph = new ProofGraph(context, history.Expand(problem.Proof));
        var clause = MainClause(graph);
        if (clause == 0)
        {
            return DescribeInstalled(problem, graph);
        }

        var job = context.Jobs[Clauses[clause].Detail].Job;
        if (Clauses[clause].First == -PackagePool.SystemPackage)
        {
            return new MissingPackage(context).Describe(job);
        }

        var narrator = new ProofNarrator(context, graph, request.Jobs.Count);
        var text = narrator.Tell(clause);
        if (job.Action == SolverAction.Erase)
        {
            return SolverDiagnostics.CannotBeRemoved.At(job.Subject, job.Selection, text);
        }

        if (narrator.Frozen.Count > 0)
        {
            var changed = string.Join(", ", narrator.Frozen.Select(package => context.View.Pool.SourceOf(package).Nevra));
            return SolverDiagnostics.FrozenBaseWouldChange.At(job.Subject, job.Selection, changed, text);
        }

        return narrator.OtherJobs.Count == 0
            ? SolverDiagnostics.Unsatisfiable.At(job.Subject, job.Selection, text)
            : SolverDiagnostics.ConflictingRequests.At(job.Subject, List(job, narrator.OtherJobs), text);
    }

    // The job to tell about: the first that asks for something to be installed, else the first that asks for something to go.
    private int MainClause(ProofGraph graph)
    {
        var own = graph.Jobs.Where(clause => Clauses[clause].Detail < request.Jobs.Count).ToList();
        SolverAction ActionOf(int clause) => context.Jobs[Clauses[clause].Detail].Action;
        var install = own.Find(clause => ActionOf(clause) == SolverAction.Install);
        return install != 0 ? install : own.Find(clause => ActionOf(clause) == SolverAction.Erase);
    }

    private string List(SolverJob job, IEnumerable<int> others) => string.Join(
        " and ", others.Select(other => context.Jobs[other].Job).Prepend(job).Distinct().Select(asked => $"{Verb(asked.Action)} '{asked.Selection}'"));

    private static string Verb(SolverAction action) => action switch
    {
        SolverAction.Install => "to install",
        SolverAction.Erase => "to leave out",
        SolverAction.Lock => "to lock",
        _ => "to update",
    };

    // No job asks for anything that cannot be had: installed packages cannot stay as policy wants them to.
    private Diagnostic DescribeInstalled(ProblemRecord problem, ProofGraph graph)
    {
        var narrator = new ProofNarrator(context, graph, request.Jobs.Count);
        var update = problem.Culprits.FirstOrDefault(culprit => culprit > 0 && Clauses[culprit].First > 0);
        var package = update == 0 ? 0 : Clauses[update].First;
        var subject = package == 0 ? "The installed system cannot be kept or updated"
            : $"{context.View.Pool.SourceOf(package).Nevra} can neither stay nor be updated";
        return SolverDiagnostics.InstalledPackagesInTheWay.At(
            null, subject, update == 0 ? "its packages contradict each other" : narrator.Tell(update));
    }
}
