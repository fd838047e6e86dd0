using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Solving;

/// <summary>Looks up the packages that jobs are about.</summary>
internal static class JobTable
{
    public static ResolvedJob[] Resolve(PoolView view, IReadOnlyList<SolverJob> jobs)
    {
        var resolved = new ResolvedJob[jobs.Count];
        for (var i = 0; i < resolved.Length; i++)
        {
            resolved[i] = Resolve(view, jobs[i], i);
        }

        return resolved;
    }

    /// <summary>The packages that a selection stands for.</summary>
    public static IEnumerable<int> Select(PoolView view, PackageSelection selection) =>
        Resolve(view, new SolverJob(SolverAction.None, selection), 0).AllPackages(view);

    private static ResolvedJob Resolve(PoolView view, SolverJob job, int index)
    {
        var (settles, name) = Settled(job);
        var isName = job.Selection is PackageSelection.ByName;
        var dependency = DependencyOf(view, job.Selection);
        return new ResolvedJob
        {
            Job = job,
            Index = index,
            Packages = job.Selection switch
            {
                PackageSelection.Exactly exactly => [exactly.Package.Id],
                PackageSelection.OneOf one => [.. one.Packages.Select(package => package.Id)],
                _ when dependency != 0 => Candidates(view, dependency, isName),
                _ => [],
            },
            Conditional = dependency != 0 && view.Pool.Dependencies.IsConditional(dependency) ? dependency : 0,
            IsAll = job.Selection is PackageSelection.All,
            Repository = (job.Selection as PackageSelection.FromRepository)?.Repository,
            IsExact = job.Selection is PackageSelection.Exactly,
            IsQualifiedName = job.Selection is PackageSelection.ByName { Version: not null } or PackageSelection.ByName { Architecture: not null },
            Settles = settles,
            SettlesName = name,
        };
    }

    private static int[] Candidates(PoolView view, int dependency, bool byName)
    {
        var providers = view.ProvidersOf(dependency).ToArray();
        return byName ? Array.FindAll(providers, package => view.MatchesByName(package, dependency)) : providers;
    }

    private static int DependencyOf(PoolView view, PackageSelection selection)
    {
        var table = view.Pool.Dependencies;
        switch (selection)
        {
            case PackageSelection.ByName name:
                var dependency = InArchitecture(view, table.Name(name.Name), name.Architecture);
                return name.Version is null ? dependency : table.Intern(new DependencyNode(
                    DependencyKind.Range,
                    dependency,
                    table.Versions.Intern(name.Version.Version),
                    (int)DependencyTable.ToRange(name.Version.Comparison)));
            case PackageSelection.Providing providing:
                return InArchitecture(view, table.Intern(providing.Capability), providing.Architecture);
            default:
                return 0;
        }
    }

    private static int InArchitecture(PoolView view, int dependency, string? architecture)
    {
        if (architecture is null)
        {
            return dependency;
        }

        var number = Array.IndexOf(view.Pool.Architectures, architecture);
        return view.Pool.Dependencies.Intern(new DependencyNode(DependencyKind.Architecture, dependency, number, 0));
    }

    private static (SolverJobFlags Settles, bool Name) Settled(SolverJob job)
    {
        var settles = job.Flags & SolverJobFlags.SetsMask & ~SolverJobFlags.NoAutoSet;
        if ((job.Flags & SolverJobFlags.NoAutoSet) != 0)
        {
            return (settles, false);
        }

        switch (job.Selection)
        {
            case PackageSelection.Exactly:
                return (settles | (SolverJobFlags.SetsMask & ~(SolverJobFlags.NoAutoSet | SolverJobFlags.SetsVersion)), true);
            case PackageSelection.ByName name:
                settles |= name.Architecture is null ? 0 : SolverJobFlags.SetsArchitecture;
                if (name.Version is { Comparison: DependencyFlags.Equal } exact)
                {
                    settles |= exact.Version.Release is null ? SolverJobFlags.SetsVersion : SolverJobFlags.SetsRelease;
                }

                return (settles, true);
            case PackageSelection.Providing { Architecture: not null }:
                return (settles | SolverJobFlags.SetsArchitecture, false);
            default:
                return (settles, false);
        }
    }
}
