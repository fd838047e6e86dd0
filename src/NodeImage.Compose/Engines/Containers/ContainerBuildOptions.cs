using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>What installs packages while a container is built.</summary>
public enum PackageTool
{
    /// <summary>dnf.</summary>
    Dnf,

    /// <summary>microdnf, for bases without Python.</summary>
    Microdnf,

    /// <summary>rpm-ostree, as on a machine of an ostree-based system.</summary>
    RpmOstree,

    /// <summary>rpm-ostree's treefile-apply, which has dnf install what a treefile lists: as OpenShift's node image is built.</summary>
    TreefileApply,
}

/// <summary>How containers are built.</summary>
public sealed record ContainerBuildOptions
{
    /// <summary>What installs packages.</summary>
    public PackageTool PackageTool { get; init; }

    /// <summary>The kind of isolation of the steps (<c>--isolation</c> of Podman and Buildah: <c>oci</c>, <c>rootless</c>, <c>chroot</c>), or null for the tool's own.</summary>
    public string? Isolation { get; init; }

    /// <summary>The image whose tools make a base image, or null.</summary>
    public string? BuilderImage { get; init; }

    /// <summary>
    /// A folder with a short name, in which a build makes one of its own while it runs; null for the build's scratch folder.
    /// Podman refuses a <c>--runroot</c> of more than 50 characters.
    /// </summary>
    public string? RunFolder { get; init; }

    /// <summary>Files that steps may read but that are in no image.</summary>
    public ImmutableArray<BuildSecret> Secrets { get; init; } = [];
}

/// <summary>A file that steps may read but that is in no image: a client's certificate, a token.</summary>
/// <param name="Id">Its name, by which builds are given it.</param>
/// <param name="File">The file on this machine, a full path.</param>
/// <param name="Target">Where steps find it.</param>
public sealed partial record BuildSecret(string Id, string File, string Target)
{
    /// <summary>What is wrong with its name or its target, which tools are given in one argument; null where nothing is.</summary>
    public Diagnostic? Problem => IdPattern().IsMatch(Id) && TargetPattern().IsMatch(Target)
        ? null
        : ContainerDiagnostics.BadValue.At(new("ContainerBuildSecret", Id), "secret", Quoting.Printable($"{Id}={Target}"), "a name has letters, digits, '-', '_' and '.', and Target is a path in the image without spaces, commas and quotes.");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^(/[A-Za-z0-9._+@-]+)+\z")]
    private static partial Regex TargetPattern();
}
