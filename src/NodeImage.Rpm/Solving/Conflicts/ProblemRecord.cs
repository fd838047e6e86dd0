namespace NodeImage.Rpm.Solving;

/// <summary>Something that cannot be had, and why.</summary>
internal sealed class ProblemRecord
{
    private readonly List<int> _culprits = [];

    /// <summary>
    /// What would have to be given up: clauses by number, or jobs as the negative of their index less one.
    /// Packages' own dependencies are never among them.
    /// </summary>
    public IReadOnlyList<int> Culprits => _culprits;

    /// <summary>All clauses that together cannot be met, those nearest to the conflict first; learnt ones may be among them.</summary>
    public List<int> Proof { get; } = [];

    public void AddCulprit(int culprit)
    {
        if (!_culprits.Contains(culprit))
        {
            _culprits.Add(culprit);
        }
    }

    public static int OfJob(int job) => -job - 1;

    public static int JobOf(int culprit) => -culprit - 1;
}
