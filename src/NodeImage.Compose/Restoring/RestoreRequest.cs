using System.Text.Json.Nodes;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Digests;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Restoring;

/// <summary>What is to be restored.</summary>
/// <param name="Definition">What the project asks for.</param>
/// <param name="ProjectFolder">The project's folder.</param>
/// <param name="Base">The base's packages, or null for a base image.</param>
public sealed record RestoreRequest(ImageDefinition Definition, string ProjectFolder, BasePackages? Base)
{
    /// <summary>The lock file's full path.</summary>
    public required string LockFile { get; init; }

    /// <summary>The base as the lock has to have it; null where it does not come from a registry.</summary>
    public LockedBase? LockedBase { get; init; }

    /// <summary>The full path of the index of packages, or null where none is wanted.</summary>
    public string? IndexFile { get; init; }

    /// <summary>Whether the lock must fit as it is.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether packages are chosen anew even where the lock fits.</summary>
    public bool ForceEvaluate { get; init; }

    /// <summary>Whether the user's settings make an error of a warning of a code. No lock is written then.</summary>
    public Func<string, bool> IsError { get; init; } = _ => false;

    /// <summary>The digest of all that decides which packages are chosen, the repositories' content apart.</summary>
    public Sha256Digest Digest => Sha256Digest.Of(CanonicalJson.WriteCompact(Describe()));

    /// <summary>The name of the lock within its file.</summary>
    public string Target => RpmLockFile.TargetName(Definition.TargetFramework, Definition.Architecture);

    private JsonObject Describe()
    {
        var request = new JsonObject
        {
            ["packages"] = Array(Definition.Packages.Select(package => $"{package.Spec}|{package.Version}|{package.Repository}|{package.File?.Digest}").Order(StringComparer.Ordinal)),
            ["repositories"] = Array(Definition.Repositories.Select(Describe)),
            ["overrides"] = Array(Definition.Overrides.Select(change => $"{change.Name}|{change.Version}").Order(StringComparer.Ordinal)),
            ["forbidden"] = Array(Definition.Forbidden.Select(package => package.Name).Order(StringComparer.Ordinal)),
            ["weak"] = Definition.PackageOptions.WeakDependencies,
            ["architecture"] = Definition.Architecture,
            ["targetFramework"] = Definition.TargetFramework,
            ["base"] = Base?.Identity.ToString(),
        };
        if (!Definition.Extensions.IsEmpty)
        {
            request["extensions"] = Array(Definition.Extensions.Select(Describe).Order(StringComparer.Ordinal));
        }

        if (!Definition.Tree.ExcludedPackages.IsEmpty)
        {
            request["excluded"] = Array(Definition.Tree.ExcludedPackages.Order(StringComparer.Ordinal));
        }

        return request;
    }

    private static string Describe(ExtensionDefinition extension) =>
        $"{extension.Name}|{extension.Kind}|{extension.MatchBaseEvr}|{string.Join(',', extension.Packages)}|{string.Join(',', extension.Repositories)}";

    private static string Describe(RepositoryDefinition repository) =>
        $"{repository.Id}|{repository.Priority}|{repository.Cost}|{repository.GpgCheck}|{repository.RepoGpgCheck}|{string.Join(',', repository.IncludePackages)}|{string.Join(',', repository.ExcludePackages)}";

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}

/// <summary>What a restore came to.</summary>
/// <param name="Lock">The packages.</param>
/// <param name="LockChanged">Whether the lock file was written.</param>
public sealed record RestoreResult(RpmLock Lock, bool LockChanged);
