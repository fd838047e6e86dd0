using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Restoring;

/// <summary>Turns what a project asks for into jobs for the solver, reading names in the ways that dnf reads them.</summary>
/// <param name="pool">The packages to choose from.</param>
/// <param name="groups">The groups of all repositories.</param>
internal sealed class RequestResolver(PackagePool pool, RepositoryGroups groups)
{
    private readonly HashSet<string> _names = [.. pool.Enumerate().Select(package => package.Nevra.Name)];

    /// <summary>Turns a request into jobs.</summary>
    /// <param name="request">The request.</param>
    /// <param name="weak">Whether weak dependencies are wanted, and with them what a group only recommends.</param>
    /// <exception cref="DiagnosticException">It names a group or a repository that does not exist.</exception>
    public IEnumerable<SolverJob> Resolve(PackageRequest request, bool weak)
    {
        var subject = new ItemReference("RpmPackage", request.Spec);
        if (request.Spec.StartsWith('@'))
        {
            return ResolveGroup(request.Spec[1..], subject, weak);
        }

        if (request.Repository is { } repository)
        {
            return [FromRepository(request, repository, subject)];
        }

        return [new SolverJob(SolverAction.Install, Select(request)) { Subject = subject }];
    }

    /// <summary>Finds what can be installed of what a job is about.</summary>
    /// <param name="selection">What the job is about.</param>
    /// <returns>The packages that repositories offer, in the order in which they are preferred.</returns>
    public IReadOnlyList<PoolPackage> Candidates(PackageSelection selection)
    {
        var found = selection switch
        {
            PackageSelection.ByName named => pool.FindByName(named.Name).Where(package => Fits(package.Nevra, named)),
            PackageSelection.Providing { Capability: var wanted } => pool.Enumerate()
                .Where(package => package.Package.Provides.Any(wanted.Overlaps) || (wanted.IsFile && package.Package.Files.Contains(wanted.Name, StringComparer.Ordinal))),
            PackageSelection.OneOf some => some.Packages,
            _ => [],
        };
        return
        [
            .. found.Where(package => !package.IsInstalled && pool.Architecture.Takes(package.Nevra.Architecture))
                .OrderBy(package => package.Repository.Priority)
                .ThenByDescending(package => package.Nevra.Evr)
                .ThenBy(package => package.Nevra.Architecture == pool.Architecture.Name ? 0 : package.Nevra.Architecture == "noarch" ? 1 : 2)
                .ThenBy(package => package.Repository.Cost),
        ];
    }

    private IEnumerable<SolverJob> ResolveGroup(string name, ItemReference subject, bool weak)
    {
        IReadOnlyList<GroupPackage> members;
        try
        {
            members = groups.Resolve(name);
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }

        // What a group lists but no repository has is passed over, as dnf does: groups are written for every architecture.
        return members
            .Where(member => member.Kind is GroupPackageKind.Mandatory || (member.Kind == GroupPackageKind.Default && weak))
            .Where(member => _names.Contains(member.Name))
            .Select(member => SolverJob.Install(member.Name, subject));
    }

    private SolverJob FromRepository(PackageRequest request, string repository, ItemReference subject)
    {
        if (pool.Repositories.FirstOrDefault(other => other.Id == repository && !other.IsInstalled) is not { } wanted)
        {
            var known = string.Join(", ", pool.Repositories.Where(other => !other.IsInstalled).Select(other => other.Id));
            throw RestoreDiagnostics.UnknownRepository.Error(subject, request.Spec, repository, known);
        }

        var name = Select(request) is PackageSelection.ByName byName ? byName : new PackageSelection.ByName(request.Spec);
        var candidates = pool.FindByName(name.Name)
            .Where(package => package.Repository == wanted
                && (name.Architecture is null || package.Nevra.Architecture == name.Architecture)
                && (name.Version is null || package.Nevra.Evr.CompareForDependency(name.Version.Version) == 0))
            .OrderByDescending(package => package.Nevra.Evr)
            .ToList();
        return candidates.Count == 0
            ? new SolverJob(SolverAction.Install, name) { Subject = subject }
            : new SolverJob(SolverAction.Install, new PackageSelection.OneOf(candidates)) { Subject = subject };
    }

    private PackageSelection Select(PackageRequest request)
    {
        var spec = request.Spec;
        if (request.Version is { } version)
        {
            return new PackageSelection.ByName(spec, new VersionConstraint(DependencyFlags.Equal, Evr.Parse(version)));
        }

        if (_names.Contains(spec))
        {
            return new PackageSelection.ByName(spec);
        }

        // "name.arch", "name-version", "name-version-release" and with ".arch" behind it, the longest reading first.
        foreach (var candidate in Readings(spec))
        {
            if (pool.FindByName(candidate.Name).Any(package => Fits(package.Nevra, candidate)))
            {
                return candidate;
            }
        }

        return spec.StartsWith('/') || spec.Contains('(', StringComparison.Ordinal) || spec.Contains(' ', StringComparison.Ordinal)
            ? DependencyParser.TryParse(spec, out var dependency) ? new PackageSelection.Providing(dependency) : new PackageSelection.ByName(spec)
            : Provided(spec) ? new PackageSelection.Providing(new Dependency(spec)) : new PackageSelection.ByName(spec);
    }

    private bool Provided(string name) => pool.Enumerate().Any(package => package.Package.Provides.Any(provide => provide.Name == name));

    private static bool Fits(Nevra nevra, PackageSelection.ByName candidate) =>
        (candidate.Architecture is null || nevra.Architecture == candidate.Architecture)
        && (candidate.Version is null || nevra.Evr.CompareForDependency(candidate.Version.Version) == 0);

    private static IEnumerable<PackageSelection.ByName> Readings(string spec)
    {
        var dot = spec.LastIndexOf('.');
        foreach (var (text, architecture) in dot > 0 ? [(spec[..dot], spec[(dot + 1)..]), (spec, null)] : new (string, string?)[] { (spec, null) })
        {
            var release = text.LastIndexOf('-');
            var version = release > 0 ? text.LastIndexOf('-', release - 1) : -1;
            if (version > 0)
            {
                yield return Reading(text[..version], text[(version + 1)..], architecture);
            }

            if (release > 0)
            {
                yield return Reading(text[..release], text[(release + 1)..], architecture);
            }

            if (architecture is not null)
            {
                yield return new PackageSelection.ByName(text, null, architecture);
            }
        }
    }

    private static PackageSelection.ByName Reading(string name, string evr, string? architecture) =>
        new(name, new VersionConstraint(DependencyFlags.Equal, Evr.Parse(evr)), architecture);
}
