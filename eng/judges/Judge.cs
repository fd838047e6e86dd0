namespace NodeImage.Judges;

/// <summary>Compares one part of the project with a real peer over a folder of real data.</summary>
internal abstract class Judge
{
    /// <summary>The name that is printed.</summary>
    public abstract string Name { get; }

    /// <summary>Judges every case in the folder.</summary>
    public abstract void Run(JudgeContext context, Verdict verdict);
}

/// <summary>Where the data is and where scratch files may go.</summary>
internal sealed record JudgeContext(string Data, string Scratch);

/// <summary>Counts what a judge saw, and keeps each failure with its reason.</summary>
internal sealed class Verdict
{
    private readonly List<string> _failures = [];

    public int Passed { get; private set; }

    public int NotApplicable { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    public void Pass() => Passed++;

    public void Skip() => NotApplicable++;

    public void Fail(string subject, string reason) => _failures.Add($"{subject}: {reason}");
}
