using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>Writes a folder that builds an image with nothing but Podman, Buildah or Docker.</summary>
/// <param name="cache">Holds the packages that the folder takes along.</param>
public sealed class ContainerfileEmitter(ContentCache cache)
{
    /// <summary>Writes the folder. Packages of repositories on the network are fetched when it is built; all others lie in it.</summary>
    /// <param name="request">What is composed; its output is not looked at.</param>
    /// <param name="options">How containers are built.</param>
    /// <param name="folder">The folder. What an earlier call has written there goes.</param>
    /// <param name="baseRepository">The name of the base's repository in its registry, or null where it is in none.</param>
    /// <param name="allPackages">Whether all packages lie in the folder, for builds without a network.</param>
    /// <param name="cancellation">Stops between files; the folder is as it was then.</param>
    /// <exception cref="DiagnosticException">Something cannot be said in a Containerfile, or the folder holds something else.</exception>
    public void Emit(ComposeRequest request, ContainerBuildOptions options, string folder, string? baseRepository, bool allPackages, CancellationToken cancellation)
    {
        var plan = ContainerfilePlans.Make(request, options, cache, ImageEngineKind.Podman, baseRepository) with { CarriesAllPackages = allPackages };
        ContainerfileFolder.Write(folder, ContainerfileWriter.Write(plan).Files, plan.Version.Time, share: false, cancellation);
    }
}
