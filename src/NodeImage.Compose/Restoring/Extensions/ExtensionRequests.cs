using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Text;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Restoring.Extensions;

/// <summary>
/// What the extensions of a project ask for. The rules are those of rpm-ostree (<c>docs/extensions.md</c> and
/// <c>rust/src/extensions.rs</c>): what is installed on nodes is solved over the node image as it is, all of it at once, so
/// that a node can take any of the extensions together; what is for development is only looked up.
/// </summary>
/// <param name="extensions">The extensions.</param>
/// <param name="node">The packages of the node image.</param>
/// <param name="pool">The packages to choose from.</param>
/// <param name="resolver">Reads names.</param>
internal sealed class ExtensionRequests(IReadOnlyList<ExtensionDefinition> extensions, IReadOnlyList<RpmPackageInfo> node, PackagePool pool, RequestResolver resolver)
{
    private readonly Dictionary<string, List<Nevra>> _node = node
        .Where(package => !package.IsSource)
        .GroupBy(package => package.Nevra.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(package => package.Nevra).Order().ToList(), StringComparer.Ordinal);

    private readonly HashSet<string> _reserved = new(extensions.SelectMany(extension => extension.Repositories), StringComparer.Ordinal);

    /// <summary>The item of an extension.</summary>
    public static ItemReference SubjectOf(ExtensionDefinition extension) => new("OSExtension", extension.Name);

    /// <summary>Gives the jobs for what is installed on nodes.</summary>
    /// <exception cref="DiagnosticException">NI1311: nodes have a package already. NI1312: there is no version to match.
    /// NI1314: a package is there for other extensions only.</exception>
    public IReadOnlyList<SolverJob> Jobs() =>
    [
        .. from extension in extensions
           where extension.Kind == ExtensionKind.OSExtension
           from request in Requests(extension)
           from job in Resolve(extension, request)
           select job,
    ];

    /// <summary>Finds the packages that are for development.</summary>
    /// <returns>The packages, as often as they are asked for.</returns>
    /// <exception cref="DiagnosticException">NI1312: there is no version to match. NI2201 to NI2204: no repository has a package.</exception>
    public IReadOnlyList<PoolPackage> Development() =>
    [
        .. from extension in extensions
           where extension.Kind == ExtensionKind.Development
           from request in Requests(extension)
           from job in Resolve(extension, request)
           select Best(extension, job),
    ];

    private IEnumerable<PackageRequest> Requests(ExtensionDefinition extension)
    {
        var version = VersionToMatch(extension);
        return extension.Packages.Select(package => new PackageRequest(package, version));
    }

    private string? VersionToMatch(ExtensionDefinition extension)
    {
        if (extension.MatchBaseEvr is not { } name)
        {
            return null;
        }

        // Of several, such as kernels side by side, the newest is the one that runs.
        return _node.TryGetValue(name, out var packages)
            ? packages[^1].Evr.ToString()
            : throw ExtensionDiagnostics.NothingToMatch.Error(SubjectOf(extension), extension.Name, name, Suggestion(name));
    }

    private string Suggestion(string name)
    {
        const int Limit = 2;
        var near = _node.Keys
            .Select(other => (Name: other, Distance: EditDistance.Between(name, other, Limit)))
            .Where(other => other.Distance <= Limit)
            .OrderBy(other => other.Distance)
            .ThenBy(other => other.Name, StringComparer.Ordinal)
            .Select(other => other.Name)
            .FirstOrDefault();
        return near is null ? "" : $" Did you mean '{near}'?";
    }

    private List<SolverJob> Resolve(ExtensionDefinition extension, PackageRequest request)
    {
        var subject = SubjectOf(extension);
        List<SolverJob> jobs;
        try
        {
            jobs = [.. resolver.Resolve(request, weak: false)];
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }

        foreach (var job in jobs)
        {
            if (extension.Kind == ExtensionKind.OSExtension && job.Selection is PackageSelection.ByName named && _node.TryGetValue(named.Name, out var present))
            {
                throw ExtensionDiagnostics.AlreadyInNode.Error(subject, extension.Name, request.Spec, present[^1]);
            }
        }

        return [.. jobs.Select(job => Within(extension, job) with { Subject = subject })];
    }

    // A repository that is there for some extensions only does not serve the requests of others.
    private SolverJob Within(ExtensionDefinition extension, SolverJob job)
    {
        bool IsOpen(PoolPackage package) => !_reserved.Contains(package.Repository.Id) || extension.Repositories.Contains(package.Repository.Id);
        var candidates = resolver.Candidates(job.Selection);
        if (candidates.All(IsOpen))
        {
            return job;
        }

        var open = candidates.Where(IsOpen).ToList();
        return open.Count > 0
            ? job with { Selection = new PackageSelection.OneOf(open) }
            : throw ExtensionDiagnostics.ForeignRepository.Error(SubjectOf(extension), extension.Name, job.Selection, string.Join(", ", candidates.Select(package => $"'{package.Repository.Id}'").Distinct()));
    }

    private PoolPackage Best(ExtensionDefinition extension, SolverJob job)
    {
        var candidates = job.Selection is PackageSelection.OneOf some ? some.Packages : resolver.Candidates(job.Selection);
        if (candidates.Count > 0)
        {
            return candidates[0];
        }

        // The solver knows best how to say what is missing.
        _ = DependencySolver.Solve(pool, new SolverRequest { Jobs = [job] }).GetTransactionOrThrow();
        throw SolverDiagnostics.PackageNotFound.Error(SubjectOf(extension), job.Selection, "");
    }
}
