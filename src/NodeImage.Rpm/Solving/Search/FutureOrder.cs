namespace NodeImage.Rpm.Solving;

/// <summary>
/// While jobs are settled, nothing is decided yet about what is installed. Candidates are put in order as if all of it stayed, so
/// that those come first which it wishes for.
/// </summary>
internal static class FutureOrder
{
    public static void Apply(SolveContext context, int level, IntList candidates)
    {
        var (view, trail) = (context.View, context.Trail);
        var supposed = Suppose(context, level);
        if (supposed.Count == 0)
        {
            return;
        }

        context.Wishes.UpdateWith(supposed.Span);
        MoveBack(candidates, package => view.IsInstalled(package)
            || context.Wishes.IsSuggested(package)
            || context.State.AnyHolds(view.Packages[package].Enhances));
        MoveBack(candidates, package => view.IsInstalled(package)
            || context.Wishes.IsRecommended(package)
            || context.State.AnyHolds(view.Packages[package].Supplements));
        foreach (var package in supposed.Span)
        {
            trail.Levels[package] = 0;
        }

        context.Candidates.Order.PreferFavored(candidates);
    }

    private static IntList Suppose(SolveContext context, int level)
    {
        var supposed = new IntList();
        for (var package = context.View.InstalledStart; package < context.View.InstalledEnd; package++)
        {
            if (!context.Marks.NoUpdate.Contains(package) && context.Trail.IsUndecided(package))
            {
                context.Trail.Levels[package] = level + 1;
                supposed.Add(package);
            }
        }

        return supposed;
    }

    private static void MoveBack(IntList candidates, Func<int, bool> isGood)
    {
        var sorted = candidates.ToArray();
        candidates.Clear();
        foreach (var package in sorted)
        {
            if (isGood(package))
            {
                candidates.Add(package);
            }
        }

        foreach (var package in sorted)
        {
            if (!isGood(package))
            {
                candidates.Add(package);
            }
        }
    }
}
