using System.Collections.Immutable;

namespace NodeImage.Compose.Definition;

/// <summary>
/// Everything that a project says about its image. What is made is a function of this, of the lock file and of the base's
/// digest: nothing later looks at the project, the clock, the environment or the network.
/// </summary>
public sealed record ImageDefinition
{
    /// <summary>The version of this record's form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What is made.</summary>
    public required ImageKind Kind { get; init; }

    /// <summary>The image's name: the project's, unless it says otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>The target framework's alias, such as <c>rhel9.6</c>.</summary>
    public required string TargetFramework { get; init; }

    /// <summary>The architecture in rpm's words, such as <c>x86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The image's version where the project gives one, else null: then it comes from the repositories' date.</summary>
    public string? Version { get; init; }

    /// <summary>The time of the build where one is given (<c>SOURCE_DATE_EPOCH</c>), in seconds since 1970, else null.</summary>
    public long? SourceDateEpoch { get; init; }

    /// <summary>The packages that are asked for.</summary>
    public ImmutableArray<PackageRequest> Packages { get; init; } = [];

    /// <summary>Where packages come from.</summary>
    public ImmutableArray<RepositoryDefinition> Repositories { get; init; } = [];

    /// <summary>The base's packages that may change.</summary>
    public ImmutableArray<PackageOverride> Overrides { get; init; } = [];

    /// <summary>The packages that must not end up in the image.</summary>
    public ImmutableArray<ForbiddenPackage> Forbidden { get; init; } = [];

    /// <summary>The extensions of an extensions image, in the project's order.</summary>
    public ImmutableArray<ExtensionDefinition> Extensions { get; init; } = [];

    /// <summary>How packages are installed.</summary>
    public PackageOptions PackageOptions { get; init; } = new();

    /// <summary>The project's own units.</summary>
    public ImmutableArray<UnitDefinition> Units { get; init; } = [];

    /// <summary>The states of units that packages bring.</summary>
    public ImmutableArray<UnitStateDefinition> UnitStates { get; init; } = [];

    /// <summary>The files that are laid over the packages', in the order in which they are laid.</summary>
    public ImmutableArray<OverlayDefinition> Overlays { get; init; } = [];

    /// <summary>Users that are declared.</summary>
    public ImmutableArray<UserDefinition> Users { get; init; } = [];

    /// <summary>Groups that are declared.</summary>
    public ImmutableArray<GroupDefinition> Groups { get; init; } = [];

    /// <summary>Memberships that are declared.</summary>
    public ImmutableArray<MembershipDefinition> Members { get; init; } = [];

    /// <summary>Arguments that the image gives its kernel.</summary>
    public ImmutableArray<string> KernelArguments { get; init; } = [];

    /// <summary>Scripts that are run in the finished tree, in order.</summary>
    public ImmutableArray<ScriptDefinition> PostProcessScripts { get; init; } = [];

    /// <summary>Where the initramfs comes from.</summary>
    public InitramfsKind Initramfs { get; init; } = InitramfsKind.Dracut;

    /// <summary>What treefiles can say, too.</summary>
    public TreeSettings Tree { get; init; } = new();

    /// <summary>What the image says of itself in the field's own labels and files.</summary>
    public MetadataSettings Metadata { get; init; } = new();

    /// <summary>What the image's configuration says beside what every image of its kind says.</summary>
    public ContainerSettings Container { get; init; } = new();

    /// <summary>Gives the part that decides which packages are chosen, which a restore is a function of.</summary>
    /// <returns>A definition that says nothing of anything else.</returns>
    public ImageDefinition ForRestore() => new()
    {
        Kind = Kind,
        Name = Name,
        TargetFramework = TargetFramework,
        Architecture = Architecture,
        Packages = Packages,
        Repositories = Repositories,
        Overrides = Overrides,
        Forbidden = Forbidden,
        Extensions = Extensions,
        PackageOptions = new PackageOptions { WeakDependencies = PackageOptions.WeakDependencies },
        Tree = new TreeSettings { ExcludedPackages = Tree.ExcludedPackages },
    };
}

/// <summary>A package that is asked for.</summary>
/// <param name="Spec">A name, NEVRA, capability, path, <c>@group</c>, or a local file's path.</param>
/// <param name="Version">The version wanted, or null for the newest.</param>
/// <param name="Repository">The repository that it must come from, or null for any.</param>
public sealed record PackageRequest(string Spec, string? Version = null, string? Repository = null)
{
    /// <summary>The file where the request is for a local package, else null.</summary>
    public SourceFile? File { get; init; }
}

/// <summary>Leave to change a package of the base.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version wanted, or null for the newest.</param>
/// <param name="Reason">Why.</param>
public sealed record PackageOverride(string Name, string? Version, string Reason);

/// <summary>A package that must not end up in the image.</summary>
/// <param name="Name">Its name; <c>*</c> and <c>?</c> stand for any characters.</param>
/// <param name="Reason">Why.</param>
public sealed record ForbiddenPackage(string Name, string Reason);

/// <summary>Where packages come from: an rpm-md repository.</summary>
public sealed record RepositoryDefinition
{
    /// <summary>Its name in the project.</summary>
    public required string Id { get; init; }

    /// <summary>Its address, <c>file:</c>, <c>http:</c> or <c>https:</c>; null where a list of mirrors is given.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The address of a plain list of mirrors, or null.</summary>
    public string? MirrorList { get; init; }

    /// <summary>The address of a metalink, or null.</summary>
    public string? MetaLink { get; init; }

    /// <summary>Files with the keys that sign its packages.</summary>
    public ImmutableArray<SourceFile> Keys { get; init; } = [];

    /// <summary>Addresses at which keys that sign its packages are published, <c>https</c> or <c>file</c>.</summary>
    public ImmutableArray<string> KeyAddresses { get; init; } = [];

    /// <summary>Whether packages must be signed.</summary>
    public bool GpgCheck { get; init; } = true;

    /// <summary>Whether the metadata must be signed.</summary>
    public bool RepoGpgCheck { get; init; }

    /// <summary>Its priority; the lower number is preferred.</summary>
    public int Priority { get; init; } = 99;

    /// <summary>Its cost among repositories of the same priority; the lower is preferred.</summary>
    public int Cost { get; init; } = 1000;

    /// <summary>The only packages that are taken from it, as patterns of names; empty for all.</summary>
    public ImmutableArray<string> IncludePackages { get; init; } = [];

    /// <summary>Packages that are not taken from it, as patterns of names.</summary>
    public ImmutableArray<string> ExcludePackages { get; init; } = [];
}

/// <summary>How packages are installed.</summary>
public sealed record PackageOptions
{
    /// <summary>Whether packages that others only recommend are installed.</summary>
    public bool WeakDependencies { get; init; }

    /// <summary>Whether files marked as documentation are installed.</summary>
    public bool Documentation { get; init; }

    /// <summary>The languages whose files are installed; empty for all.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>How scriptlets are carried out.</summary>
    public ScriptletMode Scriptlets { get; init; } = ScriptletMode.Auto;
}
