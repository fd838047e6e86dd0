using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Units;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Oci.Images;

namespace NodeImage.Compose.Tests.Engines.Containers;

/// <summary>Small images to write Containerfiles of.</summary>
internal static class ContainerPlans
{
    public static readonly string Digest = Sha256Digest.Of("a package"u8.ToArray()).ToString();

    /// <summary>A node that has a bit of everything that needs no file of a project.</summary>
    public static ImageDefinition Node() => new()
    {
        Kind = ImageKind.Layered,
        Name = "node",
        TargetFramework = "rhel9.6",
        Architecture = "x86_64",
        Repositories =
        [
            new RepositoryDefinition { Id = "public", BaseUrl = "https://example.com/el9/", KeyAddresses = ["https://example.com/key"], ExcludePackages = ["kernel-debug*"] },
            new RepositoryDefinition { Id = "paid", BaseUrl = "https://user:hunter2@example.com/paid/", GpgCheck = false },
            new RepositoryDefinition { Id = "here", BaseUrl = "/srv/rpms", GpgCheck = false },
        ],
        UnitStates = [new UnitStateDefinition("kubelet.service", UnitState.Enabled, UnitScope.System)],
        Groups = [new GroupDefinition("hugetlbfs", 801)],
        Users = [new UserDefinition("agent", null, null, null, null)],
        Members = [new MembershipDefinition("agent", "hugetlbfs")],
        KernelArguments = ["quiet"],
        Initramfs = InitramfsKind.None,
    };

    /// <summary>A plan of a definition.</summary>
    public static ContainerfilePlan Of(ImageDefinition definition, string projectFolder = "/", ContainerBuildOptions? options = null) => new()
    {
        Definition = definition,
        ProjectFolder = projectFolder,
        Lock = new RpmLock
        {
            Request = "x",
            Packages =
            [
                new LockedPackage("cri-o-1.34.2-3.el9.x86_64", "public", "cri-o.rpm", 9, Digest, null),
                new LockedPackage("local-2:1.0-1.noarch", "here", "local.rpm", 9, Digest, null),
                new LockedPackage("paid-1.0-1.x86_64", "paid", "paid.rpm", 9, Digest, null),
            ],
            Removed = ["old-1.0-1.x86_64"],
        },
        Options = options ?? new ContainerBuildOptions(),
        Version = new ImageVersion("9.6.20260101-0", 1_767_225_600),
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("containers.bootc", "1").Add("org.opencontainers.image.title", definition.Name).Add("io.openshift.metalayer", "true").SetItems(definition.Container.Labels),
        FromReference = "registry.example.com/base@sha256:0000",
        Below = definition.Kind == ImageKind.Layered ? new ImageConfig { Platform = new Platform("amd64"), Command = ["/sbin/init"], Labels = ImmutableSortedDictionary<string, string>.Empty.Add("containers.bootc", "1") } : null,
        FindPackage = package => $"/cache/{package.Location}",
    };

    /// <summary>The text of a file beside a Containerfile, or of it.</summary>
    public static string Text(this ContainerfileBuilder written, string path) => written.Files[path].Content.ReadText();

    /// <summary>The instructions of a Containerfile, a step with its mounts as one line.</summary>
    public static IReadOnlyList<string> Instructions(this ContainerfileBuilder written) =>
        [.. written.Text("Containerfile").Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>An entry of an overlay whose file need not be there until it is read.</summary>
    public static OverlayEntry File(string path, string owner = "root") => new(path, FileType.Regular, 0b110_100_100) { File = new SourceFile("f", 9, Digest), Owner = owner };
}
