using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Why packages are part of a transaction.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void The_chain_leads_from_the_request_to_the_package()
    {
        var universe = new Universe().Add("a-1", "requires b >= 1").Add("b-1", "requires libc()").Add("c-1", "provides libc()");
        universe.Solve("install a");
        Assert.Equal("install a: a-1 | b >= 1: b-1 | libc(): c-1", Chain(universe, "c-1"));
        Assert.Equal("install a: a-1", Chain(universe, "a-1"));
    }

    [Fact]
    public void Wishes_are_told_as_such()
    {
        var universe = new Universe { Options = SolverOptions.Plain }.Add("a-1", "recommends b").Add("b-1").Add("c-1", "supplements b");
        universe.Solve("install a");
        Assert.Equal("install a: a-1 | b: b-1 | b: c-1", Chain(universe, "c-1"));
        Assert.Equal(
            [TransactionReason.Requested, TransactionReason.WeakDependency, TransactionReason.WeakDependency],
            universe.Result.Transaction.Steps.Select(step => step.Reason));
    }

    [Fact]
    public void A_step_names_the_request_that_it_comes_from()
    {
        var universe = new Universe().Add("a-1", "requires b").Add("b-1");
        universe.Solve("install a");
        Assert.Equal(["a", null], universe.Result.Transaction.Steps.Select(step => step.Job?.Subject?.Identity));
        Assert.Equal([TransactionReason.Requested, TransactionReason.Dependency], universe.Result.Transaction.Steps.Select(step => step.Reason));
    }

    [Fact]
    public void What_is_not_part_of_the_transaction_has_no_chain()
    {
        var universe = new Universe().Add("a-1").Add("b-1");
        universe.Solve("install a");
        Assert.Empty(universe.Result.Transaction.Explain(universe.Find("b-1")));
    }

    private static string Chain(Universe universe, string package) => string.Join(" | ", universe.Result.Transaction.Explain(universe.Find(package))
        .Select(link => link.Job is { } job ? $"install {job.Selection}" : $"{link.AskedFor}: {Universe.Short(link.Package!)}")).Replace(" | : ", ": ", StringComparison.Ordinal);
}
