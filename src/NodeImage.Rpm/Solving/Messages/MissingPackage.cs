using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>Says why there is nothing that a job could install.</summary>
internal sealed class MissingPackage(SolveContext context, UnmetDependency unmet)
{
    private const int MaxNamed = 5;

    private List<string>? _names;

    private PoolView View => context.View;

    public Diagnostic Describe(SolverJob job) => job.Selection switch
    {
        PackageSelection.ByName name => DescribeName(job, name),
        PackageSelection.Providing { Capability.Name: var capability } providing when !providing.Capability.IsRich =>
            DescribeCapability(job, capability),
        _ => SolverDiagnostics.PackageNotFound.At(job.Subject, job.Selection, ""),
    };

    private Diagnostic DescribeName(SolverJob job, PackageSelection.ByName name)
    {
        var all = View.Pool.FindByName(name.Name).ToList();
        if (all.Count == 0)
        {
            return SolverDiagnostics.PackageNotFound.At(job.Subject, name, Hint(name.Name));
        }

        var wanted = all.FindAll(package =>
            (name.Architecture is null || package.Nevra.Architecture == name.Architecture) && MatchesVersion(package, name));
        return wanted.Count > 0
            ? DescribeUnavailable(job, name, wanted)
            : SolverDiagnostics.VersionNotFound.At(job.Subject, name, List(all));
    }

    private static bool MatchesVersion(PoolPackage package, PackageSelection.ByName name) =>
        name.Version is not { } version
        || new VersionTable() is var table
        && table.Matches(table.Intern(package.Nevra.Evr), DependencyTable.ToRange(version.Comparison), table.Intern(version.Version));

    private Diagnostic DescribeUnavailable(SolverJob job, PackageSelection name, List<PoolPackage> packages)
    {
        var taken = packages.FindAll(package => View.HasTakenArchitecture(package.Id));
        return taken.Count > 0
            ? SolverDiagnostics.PackageExcluded.At(job.Subject, name, List(taken))
            : SolverDiagnostics.ArchitectureNotInstallable.At(
                job.Subject,
                name,
                string.Join(", ", packages.Select(package => package.Nevra.Architecture).Distinct().Order(StringComparer.Ordinal)),
                View.Pool.Architecture.Name);
    }

    private Diagnostic DescribeCapability(SolverJob job, string capability)
    {
        var reason = job.Selection is PackageSelection.Providing { Capability.Comparison: not 0 } providing
            ? unmet.Describe(View.Pool.Dependencies.Intern(providing.Capability))
            : "";
        return SolverDiagnostics.PackageNotFound.At(
            job.Subject,
            job.Selection,
            reason.Contains('(', StringComparison.Ordinal) ? $" It is something {reason}." : Hint(capability));
    }

    private string Hint(string name)
    {
        var number = View.Pool.Dependencies.FindName(name);
        var providers = number == 0 ? [] : View.ProvidersOf(number).ToArray();
        if (providers.Length > 0)
        {
            return $" It is not a package's name, but provided by {List([.. providers.Select(package => View.Pool[package])])}.";
        }

        _names ??= [.. View.Pool.Enumerate().Select(package => package.Nevra.Name).Distinct()];
        var suggestions = NameSuggestions.Find(name, _names);
        return suggestions.Count == 0 ? " Check the spelling and the repositories."
            : $" Did you mean {string.Join(" or ", suggestions.Select(suggestion => $"'{suggestion}'"))}?";
    }

    private static string List(List<PoolPackage> packages)
    {
        var sorted = packages.OrderBy(package => package.Nevra.Name, StringComparer.Ordinal)
            .ThenByDescending(package => package.Nevra)
            .Select(package => package.ToString())
            .ToList();
        return string.Join(", ", sorted.Take(MaxNamed)) + (sorted.Count > MaxNamed ? $" and {sorted.Count - MaxNamed} more" : "");
    }
}
