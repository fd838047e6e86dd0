namespace NodeImage.Rpm.Solving;

/// <summary>Turns a frozen base into jobs: one lock for each installed package that must stay.</summary>
internal static class FrozenBaseJobs
{
    public static void Add(PackagePool pool, SolverRequest request, List<SolverJob> jobs)
    {
        if (request.FrozenBase is not { } frozen || pool.Installed is not { } installed)
        {
            return;
        }

        for (var package = installed.Start; package < installed.End; package++)
        {
            if (!frozen.ChangeableNames.Contains(pool.SourceOf(package).Nevra.Name))
            {
                jobs.Add(new SolverJob(SolverAction.Lock, new PackageSelection.Exactly(pool[package])));
            }
        }
    }
}
