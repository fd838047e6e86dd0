using NodeImage.Compose.Definition;
using NodeImage.Compose.Restoring.Extensions;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Restoring;

/// <summary>What was chosen.</summary>
/// <param name="Install">The packages to install, sorted.</param>
/// <param name="Removed">The base's packages that go, by NEVRA.</param>
internal sealed record PackageChoice(IReadOnlyList<PoolPackage> Install, IReadOnlyList<string> Removed);

/// <summary>Asks the solver which packages a project's requests come to.</summary>
internal sealed class PackageChooser(RestoreRequest request, IReadOnlyList<LoadedRepository> repositories, IReadOnlyList<LocalPackageFile> local, RepositoryLoader loader, CancellationToken cancellation)
{
    private const string LocalRepository = "@local";
    private const string BaseRepository = "@base";

    /// <summary>Chooses.</summary>
    /// <exception cref="DiagnosticException">The requests cannot be fulfilled, or only with what is forbidden.</exception>
    public PackageChoice Choose(Action<Diagnostic> report)
    {
        var definition = request.Definition;
        var pool = BuildPool();
        var resolver = new RequestResolver(pool, RepositoryGroups.Merge(repositories.Select(repository => repository.Metadata.Groups)));
        if (definition.Kind == ImageKind.Extensions)
        {
            return ChooseExtensions(pool, new ExtensionRequests(definition.Extensions, request.Base?.Packages ?? [], pool, resolver));
        }

        var jobs = definition.Packages
            .SelectMany(package => package.File is null ? resolver.Resolve(package, definition.PackageOptions.WeakDependencies) : [LocalJob(pool, package.Spec)])
            .Concat(OverrideJobs(report))
            .ToList();
        var result = DependencySolver.Solve(pool, new SolverRequest
        {
            Jobs = jobs,
            Options = SolverOptions.Dnf with { InstallRecommended = definition.PackageOptions.WeakDependencies },
            FrozenBase = request.Base is null ? null : new FrozenBase { ChangeableNames = definition.Overrides.Select(change => change.Name).ToHashSet(StringComparer.Ordinal) },
        });
        var transaction = result.GetTransactionOrThrow();
        Refuse(transaction);
        return new PackageChoice([.. transaction.Installs], [.. transaction.Removals.Select(package => package.Nevra.ToString())]);
    }

    private PackageChoice ChooseExtensions(PackagePool pool, ExtensionRequests extensions)
    {
        var result = DependencySolver.Solve(pool, new SolverRequest
        {
            Jobs = extensions.Jobs(),
            Options = SolverOptions.Dnf with { InstallRecommended = request.Definition.PackageOptions.WeakDependencies },
            FrozenBase = new FrozenBase { WouldChange = ExtensionDiagnostics.ChangesNode },
        });
        var transaction = result.GetTransactionOrThrow();
        Refuse(transaction);
        return new PackageChoice([.. transaction.Installs.Concat(extensions.Development()).DistinctBy(package => package.Nevra).OrderBy(package => package.Nevra)], []);
    }

    private PackagePool BuildPool()
    {
        var owners = new FileOwners(request, repositories, loader, cancellation);
        var builder = new PackagePoolBuilder(ArchitecturePolicy.For(request.Definition.Architecture)) { FileOwners = owners };
        if (request.Base is { } installed)
        {
            builder.AddInstalled(BaseRepository, installed.Packages.Where(package => !package.IsSource).Select(LocalPackage.Describe));
        }

        foreach (var repository in repositories)
        {
            var definition = repository.Addresses.Definition;
            builder.AddRepository(definition.Id, repository.Metadata.Packages.Where(package => package.Nevra.Architecture is not ("src" or "nosrc") && !IsExcluded(package.Nevra.Name)), definition.Priority, definition.Cost);
        }

        if (local.Count > 0)
        {
            // A file that is named is wanted, whatever repositories have.
            builder.AddRepository(LocalRepository, local.Select(file => file.Description), priority: 0);
        }

        return builder.Build();
    }

    // A treefile's "exclude-packages": what the solver does not see, nothing can bring in.
    private bool IsExcluded(string name) => request.Definition.Tree.ExcludedPackages.Any(excluded => ShellPattern.IsMatch(excluded, name));

    private SolverJob LocalJob(PackagePool pool, string spec)
    {
        var description = local.First(file => file.Request.Spec == spec).Description;
        var package = pool.Enumerate().First(candidate => ReferenceEquals(candidate.Package, description));
        return new SolverJob(SolverAction.Install, new PackageSelection.Exactly(package)) { Subject = new ItemReference("RpmPackage", spec) };
    }

    private IEnumerable<SolverJob> OverrideJobs(Action<Diagnostic> report)
    {
        foreach (var change in request.Definition.Overrides)
        {
            var subject = new ItemReference("RpmPackageOverride", change.Name);
            if (request.Base is not null && request.Base.Packages.All(package => package.Nevra.Name != change.Name))
            {
                report(RestoreDiagnostics.OverrideNotInBase.At(subject, change.Name));
                continue;
            }

            // A version is installed, be it older; without one the newest is wanted.
            yield return change.Version is { } version
                ? new SolverJob(SolverAction.Install, new PackageSelection.ByName(change.Name, new VersionConstraint(DependencyFlags.Equal, Evr.Parse(version)))) { Subject = subject }
                : new SolverJob(SolverAction.Update, new PackageSelection.ByName(change.Name)) { Subject = subject };
        }
    }

    private void Refuse(SolverTransaction transaction)
    {
        foreach (var package in transaction.Installs)
        {
            if (request.Definition.Forbidden.FirstOrDefault(forbidden => ShellPattern.IsMatch(forbidden.Name, package.Nevra.Name)) is not { } match)
            {
                continue;
            }

            var chain = transaction.Explain(package);
            var subject = chain.Count > 0 ? chain[0].Job?.Subject : null;
            var askers = string.Join(" <- ", chain.Reverse().Skip(1).Select(link => link.Package?.Nevra.ToString() ?? link.Job?.Subject?.ToString() ?? "the project"));
            throw RestoreDiagnostics.Forbidden.Error(subject, package.Nevra, match.Reason, askers.Length == 0 ? "the project" : askers);
        }
    }

    /// <summary>Looks into file lists for the paths that packages ask for and <c>primary.xml</c> does not list.</summary>
    private sealed class FileOwners(RestoreRequest request, IReadOnlyList<LoadedRepository> repositories, RepositoryLoader loader, CancellationToken cancellation) : IFileOwnerSource
    {
        private IReadOnlyDictionary<string, List<RepositoryPackage>>? _owners;

        public IEnumerable<RepositoryPackage> FindOwners(string path)
        {
            _owners ??= ReadAll();
            return _owners.GetValueOrDefault(path) ?? [];
        }

        // File lists are large, so all paths that anybody may ask for are looked up in one pass.
        private Dictionary<string, List<RepositoryPackage>> ReadAll()
        {
            var owners = new Dictionary<string, List<RepositoryPackage>>(StringComparer.Ordinal);
            var paths = repositories.SelectMany(repository => repository.Metadata.Packages)
                .SelectMany(package => package.Requires.Concat(package.Conflicts).Concat(package.Recommends))
                .SelectMany(dependency => dependency.IsRich ? dependency.Name.Split(' ', '(', ')') : [dependency.Name])
                .Concat(request.Definition.Packages.Select(package => package.Spec))
                .Concat(request.Definition.Extensions.SelectMany(extension => extension.Packages))
                .Where(name => name.StartsWith('/') && !LocalPackage.IsPrimaryFile(name))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var repository in repositories)
            {
                var byChecksum = repository.Metadata.Packages.GroupBy(package => package.Checksum, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
                foreach (var (path, checksums) in loader.FindOwners(repository, paths, cancellation))
                {
                    owners.TryAdd(path, []);
                    owners[path].AddRange(checksums.Where(byChecksum.ContainsKey).Select(checksum => byChecksum[checksum]));
                }
            }

            return owners;
        }
    }
}
