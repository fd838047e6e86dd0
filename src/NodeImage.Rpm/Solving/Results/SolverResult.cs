using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>What came of a request.</summary>
public sealed class SolverResult
{
    internal SolverResult(SolverTransaction transaction, IReadOnlyList<Diagnostic> problems, SolverStatistics statistics)
    {
        Transaction = transaction;
        Problems = problems;
        Statistics = statistics;
    }

    /// <summary>Whether everything that was asked for can be had.</summary>
    public bool Succeeded => Problems.Count == 0;

    /// <summary>What has to be done. Where there are problems, the requests that take part in them are left out of it.</summary>
    public SolverTransaction Transaction { get; }

    /// <summary>Why the request cannot be fulfilled, each problem at the item that asked for the impossible.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>What it took.</summary>
    public SolverStatistics Statistics { get; }

    /// <summary>The transaction, if there are no problems.</summary>
    /// <returns>The transaction.</returns>
    /// <exception cref="DiagnosticException">The request cannot be fulfilled; carries <see cref="Problems"/>.</exception>
    public SolverTransaction GetTransactionOrThrow() =>
        Succeeded ? Transaction : throw new DiagnosticException(Problems);
}

/// <summary>How hard a request was.</summary>
/// <param name="Clauses">How many clauses were made.</param>
/// <param name="Learnt">How many clauses were learnt from conflicts.</param>
/// <param name="Problems">How often something was found impossible; several times may come to one diagnostic.</param>
public sealed record SolverStatistics(int Clauses, int Learnt, int Problems);
