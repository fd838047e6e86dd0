namespace NodeImage.Judges;

/// <summary>Compares one part of the project with a real peer over a folder of real data.</summary>
internal abstract class Judge
{
    /// <summary>The name that is printed.</summary>
    public abstract string Name { get; }

    /// <summary>The programs that are the peers; without them nothing can be judged.</summary>
    public virtual IReadOnlyList<string> Peers => [];

    /// <summary>How much of what counts must pass: 1 is all of it.</summary>
    public virtual double Bar => 1;

    /// <summary>Judges every case in the folder.</summary>
    public abstract void Run(JudgeContext context, Verdict verdict);
}
