using NodeImage.Compose.Definition;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Writing;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>
/// The treefile of a container build. <c>rpm-ostree experimental compose treefile-apply</c> takes packages, repositories,
/// recommends and postprocess of one, and refuses <c>documentation</c>; scripts are steps of their own here.
/// </summary>
internal static class TreefileApply
{
    /// <summary>Where it lies beside the Containerfile.</summary>
    public const string FileName = "packages/treefile.yaml";

    private const string Comment = "The packages of the lock, for rpm-ostree experimental compose treefile-apply.";

    /// <summary>Writes it.</summary>
    /// <param name="plan">What is built.</param>
    /// <param name="fetched">What repositories are asked for.</param>
    /// <param name="carried">The packages that lie beside the Containerfile, by their paths as steps see them: dnf takes a path for a package.</param>
    public static string Write(ContainerfilePlan plan, IEnumerable<string> fetched, IEnumerable<string> carried) => TreefileWriter.Write(
        Treefile.Empty
            .With("packages", fetched.Concat(carried).Order(StringComparer.Ordinal))
            .With("repos", plan.UsedRepositories.Select(RepositoryFile.NameOf))
            .With("recommends", NodeImage.Treefiles.Values.TreefileValue.Of(plan.Definition.PackageOptions.WeakDependencies)),
        Comment);

    /// <summary>The variables that it is applied with: the release, as manifests of CoreOS name it.</summary>
    /// <param name="definition">The image.</param>
    /// <returns>Such as <c>osversion=rhel-9.6</c>.</returns>
    public static string Variable(ImageDefinition definition) =>
        OSRelease.TryParse(definition.TargetFramework, out var release)
            ? $"osversion={(release.Family == "rhel" ? "rhel" : "centos")}-{release.VersionPrefix}"
            : $"osversion={definition.TargetFramework}";
}
