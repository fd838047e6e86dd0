using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>Makes diagnostics of problems.</summary>
internal sealed class ProblemWriter
{
    private readonly SolveContext _context;
    private readonly LearntHistory _history;
    private readonly SolverRequest _request;
    private readonly UnmetDependency _unmet;
    private readonly MissingPackage _missing;

    public ProblemWriter(SolveContext context, LearntHistory history, SolverRequest request)
    {
        _context = context;
        _history = history;
        _request = request;
        _unmet = new UnmetDependency(context);
        _missing = new MissingPackage(context, _unmet);
    }

    private ClauseStore Clauses => _context.Clauses;

    public IReadOnlyList<Diagnostic> Write() => [.. _context.Problems.Select(Describe).Distinct()];

    private Diagnostic Describe(ProblemRecord problem)
    {
        var graph = new ProofGraph(_context, _history.Expand(problem.Proof));
        var clause = MainClause(graph);
        if (clause == 0)
        {
            return DescribeInstalled(problem, graph);
        }

        var job = _context.Jobs[Clauses[clause].Detail].Job;
        if (Clauses[clause].First == -PackagePool.SystemPackage)
        {
            return _missing.Describe(job);
        }

        var narrator = new ProofNarrator(_context, graph, _request.Jobs.Count, _unmet);
        var text = narrator.Tell(clause);
        if (job.Action == SolverAction.Erase)
        {
            return SolverDiagnostics.CannotBeRemoved.At(job.Subject, job.Selection, text);
        }

        if (narrator.Frozen.Count > 0)
        {
            var changed = string.Join(", ", narrator.Frozen.Select(package => _context.View.Pool.SourceOf(package).Nevra));
            return (_request.FrozenBase?.WouldChange ?? SolverDiagnostics.FrozenBaseWouldChange).At(job.Subject, job.Selection, changed, text);
        }

        return narrator.OtherJobs.Count == 0
            ? SolverDiagnostics.Unsatisfiable.At(job.Subject, job.Selection, text)
            : SolverDiagnostics.ConflictingRequests.At(job.Subject, List(job, narrator.OtherJobs), text);
    }

    // The job to tell about: the first that asks for something to be installed, else the first that asks for something to go.
    private int MainClause(ProofGraph graph)
    {
        var own = graph.Jobs.Where(clause => Clauses[clause].Detail < _request.Jobs.Count).ToList();
        SolverAction ActionOf(int clause) => _context.Jobs[Clauses[clause].Detail].Action;
        var install = own.Find(clause => ActionOf(clause) == SolverAction.Install);
        return install != 0 ? install : own.Find(clause => ActionOf(clause) == SolverAction.Erase);
    }

    private string List(SolverJob job, IEnumerable<int> others) => string.Join(
        " and ", others.Select(other => _context.Jobs[other].Job).Prepend(job).Distinct().Select(Name));

    // Where the item that asks is not called like what it asks for, it is named too: a group, or a set of packages.
    private static string Name(SolverJob job)
    {
        var selection = job.Selection.ToString()!;
        var subject = job.Subject is { } item && !selection.Contains(item.Identity, StringComparison.Ordinal) ? $" ({item})" : "";
        return $"{Verb(job.Action)} '{selection}'{subject}";
    }

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
        var narrator = new ProofNarrator(_context, graph, _request.Jobs.Count, _unmet);
        var update = problem.Culprits.FirstOrDefault(culprit => culprit > 0 && Clauses[culprit].First > 0);
        var package = update == 0 ? 0 : Clauses[update].First;
        var subject = package == 0 ? "The installed system cannot be kept or updated"
            : $"{_context.View.Pool.SourceOf(package).Nevra} can neither stay nor be updated";
        return SolverDiagnostics.InstalledPackagesInTheWay.At(
            null, subject, update == 0 ? "its packages contradict each other" : narrator.Tell(update));
    }
}
