namespace NodeImage.Rpm.Solving;

/// <summary>
/// Choices that could have gone another way. Once a solution is found, a choice is made anew where a candidate that was passed
/// over came in all the same, or is wished for when the one that was taken is not: that makes the solution smaller.
/// </summary>
internal sealed class Branches
{
    private readonly List<Branch> _branches = [];

    /// <summary>A choice to make anew.</summary>
    public readonly record struct Alternative(int Index, int Position, int Package, int Clause, DecisionReason Reason);

    /// <summary>Remembers a choice of which the first candidate is about to be taken.</summary>
    public void Add(int level, IntList candidates, int clause, DecisionReason reason)
    {
        var packages = candidates.ToArray();
        var tried = new bool[packages.Length];
        tried[0] = true;
        _branches.Add(new Branch(level, packages, tried, clause, reason));
    }

    public void Clear() => _branches.Clear();

    /// <summary>Forgets the choices that were taken back.</summary>
    public void Revert(int level)
    {
        while (_branches.Count > 0 && _branches[^1].Level >= level)
        {
            _branches.RemoveAt(_branches.Count - 1);
        }
    }

    /// <summary>Notes that another candidate of a choice is about to be taken, and forgets all later choices.</summary>
    /// <returns>The level to go back to first.</returns>
    public int Take(Alternative alternative)
    {
        var branch = _branches[alternative.Index];
        branch.Tried[alternative.Position] = true;
        _branches.RemoveRange(alternative.Index + 1, _branches.Count - alternative.Index - 1);
        return branch.Level;
    }

    /// <summary>Finds the earliest choice that is better made another way.</summary>
    public Alternative? FindBetter(SolveContext context)
    {
        if (_branches.Count == 0)
        {
            return null;
        }

        context.Wishes.Update();
        for (var i = 0; i < _branches.Count; i++)
        {
            var branch = _branches[i];
            var position = FindBetter(context, branch);
            if (position >= 0)
            {
                return new Alternative(i, position, branch.Packages[position], branch.Clause, branch.Reason);
            }
        }

        return null;
    }

    private static int FindBetter(SolveContext context, Branch branch)
    {
        var wished = -1;
        for (var i = 0; i < branch.Packages.Length; i++)
        {
            var package = branch.Packages[i];
            if (branch.Tried[i])
            {
                continue;
            }

            if (context.Trail.Levels[package] > branch.Level)
            {
                return i;
            }

            if (wished < 0 && !context.Marks.IsDisfavored(package) && IsWished(context, package))
            {
                wished = i;
            }
        }

        return wished >= 0 && IsBetterThanTaken(context, branch, branch.Packages[wished]) ? wished : -1;
    }

    private static bool IsBetterThanTaken(SolveContext context, Branch branch, int wished)
    {
        for (var i = 0; i < branch.Packages.Length; i++)
        {
            var package = branch.Packages[i];
            if (!branch.Tried[i] || context.Trail.Levels[package] != branch.Level + 1)
            {
                continue;
            }

            var favor = context.Marks.Favor;
            if ((favor is null || favor[package] <= favor[wished]) && !IsWished(context, package))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWished(SolveContext context, int package) =>
        context.Wishes.IsRecommended(package) || context.State.AnyHolds(context.View.Packages[package].Supplements);

    private sealed record Branch(int Level, int[] Packages, bool[] Tried, int Clause, DecisionReason Reason);
}
