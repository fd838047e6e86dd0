using NodeImage.Compose.Engines.RpmOstree;

namespace NodeImage.Compose.Tests.Engines.RpmOstree;

/// <summary>A builder image is run with just what rpm-ostree needs, and the user is told what that is.</summary>
public sealed class BuilderContainerTests
{
    private static readonly BuilderContainer Container = new("podman", "quay.io/example/builder:1", [("/work/obj/compose", true), ("/cache", true), ("/project", false)]);

    [Fact]
    public void It_sees_the_folders_and_no_network() => Assert.Equal(
        [
            "podman", "run", "--rm", "--privileged", "--security-opt=label=disable", "--network=none",
            "--volume=/work/obj/compose:/work/obj/compose:rw", "--volume=/cache:/cache:rw", "--volume=/project:/project:ro", "--workdir=/work/obj/compose",
            "quay.io/example/builder:1", "rpm-ostree", "compose", "image",
        ],
        Container.Run(["rpm-ostree", "compose", "image"]));

    [Fact]
    public void What_it_may_do_can_be_said() => Assert.EndsWith(
        "with --privileged, for its sandbox makes namespaces and mounts of its own. It has no network, and sees /work/obj/compose (read and write), /cache (read and write), /project (read only)",
        Container.Describe(),
        StringComparison.Ordinal);
}
