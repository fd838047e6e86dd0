namespace NodeImage.Judges;

/// <summary>Counts what a judge saw, and keeps each failure with its reason.</summary>
internal sealed class Verdict
{
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);

    /// <summary>How many passed.</summary>
    public int Passed { get; private set; }

    /// <summary>How many do not count.</summary>
    public int NotApplicable => _skipped.Values.Sum();

    /// <summary>What failed, and why.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How many do not count, by the reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped => _skipped;

    /// <summary>Counts a case that passed.</summary>
    public void Pass() => Passed++;

    /// <summary>Counts a case that does not count, for a reason that is the same for all of its kind.</summary>
    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>Counts a case that failed.</summary>
    public void Fail(string subject, string reason) => _failures.Add($"{subject}: {reason.ReplaceLineEndings(" ")}");

    /// <summary>Counts a case that failed where there is a reason, and one that passed where there is none.</summary>
    public void Decide(string subject, string? reason)
    {
        if (reason is null)
        {
            Pass();
        }
        else
        {
            Fail(subject, reason);
        }
    }

    /// <summary>Decides a case; one that breaks what is judged has failed like any other.</summary>
    public void Decide(string subject, Func<string?> judge)
    {
        string? reason;
        try
        {
            reason = judge();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            reason = $"it ends in an exception: {e}";
        }

        Decide(subject, reason);
    }

    /// <summary>Whether enough of what counts has passed.</summary>
    public bool Meets(double bar) => Passed >= bar * (Passed + Failures.Count);
}
