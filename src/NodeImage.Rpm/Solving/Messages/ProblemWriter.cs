using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

internal sealed class ProblemWriter(SolveContext context, LearntHistory history, SolverRequest request)
{
    private static readonly DiagnosticDescriptor X = new("NI2200", "x", "{0}");

    public IReadOnlyList<Diagnostic> Write() =>
        [.. context.Problems.Select(p => X.At(null, string.Join(',', history.Expand(p.Proof)) + request.Jobs.Count))];
}
