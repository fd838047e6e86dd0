using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Tasks.Engines;
using NodeImage.Tasks.Treefiles;

namespace NodeImage.Tasks;

/// <summary>Reads a project's items and properties into the definition that everything later is a function of.</summary>
public sealed class CollectImageDefinition : ImageTask
{
    /// <summary>Where the definition goes, or null where only packages are of interest. The file is touched only when it changes.</summary>
    public string? DefinitionFile { get; set; }

    /// <summary>Where the part of it goes that a restore needs. The file is touched only when it changes.</summary>
    [Required]
    public string PackagesFile { get; set; } = "";

    /// <summary>The property <c>OSImageKind</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>The image's name.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The target framework as the project writes it.</summary>
    public string? TargetFramework { get; set; }

    /// <summary>The runtime identifier.</summary>
    public string? RuntimeIdentifier { get; set; }

    /// <summary>The property <c>OSImageVersion</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The environment variable <c>SOURCE_DATE_EPOCH</c>, or empty.</summary>
    public string? SourceDateEpoch { get; set; }

    /// <summary>The property <c>Initramfs</c>.</summary>
    public string? Initramfs { get; set; }

    /// <summary>The property <c>RpmScriptletMode</c>.</summary>
    public string? ScriptletMode { get; set; }

    /// <summary>The property <c>RpmInstallWeakDependencies</c>.</summary>
    public bool WeakDependencies { get; set; }

    /// <summary>The property <c>RpmInstallDocumentation</c>.</summary>
    public bool Documentation { get; set; }

    /// <summary>The property <c>RpmInstallLanguages</c>.</summary>
    public string? Languages { get; set; }

    /// <summary>The property <c>ContainerLayerCompression</c>.</summary>
    public string? LayerCompression { get; set; }

    /// <summary>The property <c>ContainerUser</c>.</summary>
    public string? ContainerUser { get; set; }

    /// <summary>The property <c>ContainerWorkingDirectory</c>.</summary>
    public string? ContainerWorkingDirectory { get; set; }

    /// <summary>The property <c>OSName</c>.</summary>
    public string? OSName { get; set; }

    /// <summary>The property <c>OSStream</c>.</summary>
    public string? OSStream { get; set; }

    /// <summary>The property <c>OSImageCatalogName</c>.</summary>
    public string? CatalogName { get; set; }

    /// <summary>The property <c>OSImageCpe</c>.</summary>
    public string? Cpe { get; set; }

    /// <summary>The property <c>OSImageContentSets</c>.</summary>
    public string? ContentSets { get; set; }

    /// <summary>The property <c>GenerateOpenShiftVersionLabels</c>.</summary>
    public bool OpenShiftVersionLabels { get; set; }

    /// <summary>The property <c>ContainerGenerateLabelsImageCreated</c>.</summary>
    public bool CreatedLabels { get; set; }

    /// <summary>The property <c>ContainerGenerateLabelsImageBaseDigest</c>.</summary>
    public bool BaseDigestLabel { get; set; }

    /// <summary>The files that the project imports and that may have items: <c>Directory.Build.props</c> and its like.</summary>
    public string[] Imports { get; set; } = [];

    /// <summary><c>RpmPackage</c> items.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary><c>RpmRepository</c> items.</summary>
    public ITaskItem[] Repositories { get; set; } = [];

    /// <summary><c>RpmPackageOverride</c> items.</summary>
    public ITaskItem[] Overrides { get; set; } = [];

    /// <summary><c>ForbiddenPackage</c> items.</summary>
    public ITaskItem[] Forbidden { get; set; } = [];

    /// <summary><c>OSExtension</c> items.</summary>
    public ITaskItem[] Extensions { get; set; } = [];

    /// <summary><c>SystemdUnit</c> items.</summary>
    public ITaskItem[] Units { get; set; } = [];

    /// <summary><c>SystemdUnitState</c> items.</summary>
    public ITaskItem[] UnitStates { get; set; } = [];

    /// <summary><c>Overlay</c> items.</summary>
    public ITaskItem[] Overlays { get; set; } = [];

    /// <summary><c>ProjectReference</c> items: the base and programs.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Those of the references that are images.</summary>
    public string[] Bases { get; set; } = [];

    /// <summary>Published programs: items with the folder in <c>PublishedTo</c>.</summary>
    public ITaskItem[] Programs { get; set; } = [];

    /// <summary><c>SystemUser</c> items.</summary>
    public ITaskItem[] Users { get; set; } = [];

    /// <summary><c>SystemGroup</c> items.</summary>
    public ITaskItem[] Groups { get; set; } = [];

    /// <summary><c>GroupMember</c> items.</summary>
    public ITaskItem[] Members { get; set; } = [];

    /// <summary><c>KernelArgument</c> items.</summary>
    public ITaskItem[] KernelArguments { get; set; } = [];

    /// <summary><c>PostProcessScript</c> items.</summary>
    public ITaskItem[] PostProcessScripts { get; set; } = [];

    /// <summary><c>ImageTest</c> items. They are no part of the image, but what is wrong with them is told with the rest.</summary>
    public ITaskItem[] ImageTests { get; set; } = [];

    /// <summary>Labels that are made of the project's properties, as <c>name=value</c>; items win over them.</summary>
    public string[] GeneratedLabels { get; set; } = [];

    /// <summary><c>ContainerBuildSecret</c> items. They are no part of the image, but what is wrong with them is told with the rest.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary><c>ContainerLabel</c> items.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary><c>ContainerEnvironmentVariable</c> items.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary><c>ContainerPort</c> items.</summary>
    public ITaskItem[] Ports { get; set; } = [];

    /// <summary><c>ContainerEntrypoint</c> items.</summary>
    public ITaskItem[] Entrypoint { get; set; } = [];

    /// <summary><c>ContainerDefaultArgs</c> items.</summary>
    public ITaskItem[] DefaultArguments { get; set; } = [];

    /// <summary><c>Treefile</c> items. What they say is among the other items already.</summary>
    public ITaskItem[] Treefiles { get; set; } = [];

    /// <summary><c>ExcludedPackage</c> items.</summary>
    public ITaskItem[] Excluded { get; set; } = [];

    /// <summary><c>PackageFileRemoval</c> items.</summary>
    public ITaskItem[] FileRemovals { get; set; } = [];

    /// <summary><c>RemovedFile</c> items.</summary>
    public ITaskItem[] RemovedFiles { get; set; } = [];

    /// <summary><c>EtcGroupMember</c> items.</summary>
    public ITaskItem[] EtcGroupMembers { get; set; } = [];

    /// <summary><c>PinnedUser</c> items.</summary>
    public ITaskItem[] PinnedUsers { get; set; } = [];

    /// <summary><c>PinnedGroup</c> items.</summary>
    public ITaskItem[] PinnedGroups { get; set; } = [];

    /// <summary><c>TreefileField</c> items.</summary>
    public ITaskItem[] TreefileFields { get; set; } = [];

    /// <summary>The property <c>DefaultTarget</c>.</summary>
    public string? DefaultTarget { get; set; }

    /// <summary>The property <c>MutateOSRelease</c>.</summary>
    public string? MutateOSRelease { get; set; }

    /// <summary>The property <c>OSImageVersionPrefix</c>.</summary>
    public string? VersionPrefix { get; set; }

    /// <summary>The property <c>InitramfsArguments</c>.</summary>
    public string? InitramfsArguments { get; set; }

    /// <summary>The property <c>PasswdFile</c>.</summary>
    public string? PasswdFile { get; set; }

    /// <summary>The property <c>GroupFile</c>.</summary>
    public string? GroupFile { get; set; }

    /// <inheritdoc/>
    protected override void Run()
    {
        if (ItemOriginsFile is not null)
        {
            ItemOrigins.Write(ItemOriginsFile, Items());
        }

        if (DefinitionFile is not null)
        {
            ReportSettings();
        }

        WildcardCheck.Run(ProjectFile, Imports);
        var reader = new ItemReader(ProjectFolder, RpmArchitecture());
        reader.CheckReferences(References, Bases);
        var tree = new TreeReader(ProjectFolder);
        var definition = Read(reader, new ExtensionItems(reader, Extensions), tree);
        reader.Tests(ImageTests);
        tree.CheckTreefiles(Treefiles);
        foreach (var problem in reader.Problems.Concat(tree.Problems).Concat(EngineSettings.Secrets(Secrets, ProjectFolder).Select(secret => secret.Problem).OfType<Diagnostic>()))
        {
            Report(problem);
        }

        if (!Failed)
        {
            AtomicFile.WriteWhenDifferent(PackagesFile, DefinitionJson.Write(definition.ForRestore()));
            if (DefinitionFile is not null)
            {
                AtomicFile.WriteWhenDifferent(DefinitionFile, DefinitionJson.Write(definition));
            }
        }
    }

    private ImageDefinition Read(ItemReader reader, ExtensionItems extensions, TreeReader tree)
    {
        var definition = ReadItems(reader, extensions, tree);
        extensions.CheckPlace(definition.Kind, Items().Where(item => !IsForExtensions(item.Item1, item.Item2)));
        return definition;
    }

    // Beside its own items, an extensions image has those that say where packages come from, and a reference to its node image.
    private static bool IsForExtensions(string itemType, ITaskItem item) =>
        itemType is "OSExtension" or "RpmRepository" or "ForbiddenPackage" || (itemType == "ProjectReference" && item.GetMetadata("ImagePath").Length == 0);

    private MetadataSettings Metadata()
    {
        foreach (var (name, value, other, missing) in new[] { ("OSImageCatalogName", CatalogName, "OSImageCpe", Cpe), ("OSImageCpe", Cpe, "OSImageCatalogName", CatalogName) })
        {
            if (!string.IsNullOrEmpty(value) && string.IsNullOrEmpty(missing) && DefinitionFile is not null)
            {
                Report(ExtensionItemDiagnostics.HalfAProduct.At(new ItemReference(name, value), name, other));
            }
        }

        return new MetadataSettings
        {
            OSName = NullIfEmpty(OSName),
            Stream = NullIfEmpty(OSStream),
            CatalogName = NullIfEmpty(CatalogName),
            Cpe = NullIfEmpty(Cpe),
            ContentSets = [.. (ContentSets ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            OpenShiftVersionLabels = OpenShiftVersionLabels,
            CreatedLabels = CreatedLabels,
            BaseDigestLabel = BaseDigestLabel,
        };
    }

    private ImageDefinition ReadItems(ItemReader reader, ExtensionItems extensions, TreeReader tree) => new()
    {
        Kind = ItemReader.Enum<ImageKind>(Kind) ?? throw TaskDiagnostics.UnknownKind.Error(new ItemReference("OSImageKind", Kind ?? ""), Kind ?? ""),
        Name = Name,
        TargetFramework = OSRelease.TryParse(TargetFramework ?? "", out _) ? TargetFramework! : throw TaskDiagnostics.UnknownFramework.Error(new ItemReference(nameof(TargetFramework), TargetFramework ?? ""), TargetFramework ?? ""),
        Architecture = RpmArchitecture(),
        Version = NullIfEmpty(Version),
        SourceDateEpoch = long.TryParse(SourceDateEpoch, out var epoch) ? epoch : null,
        Initramfs = Property<InitramfsKind>(nameof(Initramfs), Initramfs),
        PackageOptions = new PackageOptions
        {
            WeakDependencies = WeakDependencies,
            Documentation = Documentation,
            Languages = [.. (Languages ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Scriptlets = Property<ScriptletMode>("RpmScriptletMode", ScriptletMode),
        },
        Packages = reader.Packages(Packages),
        Repositories = reader.Repositories(extensions.InUse(Repositories)),
        Extensions = extensions.Read(Repositories),
        Metadata = Metadata(),
        Overrides = reader.Overrides(Overrides),
        Forbidden = ItemReader.Forbidden(Forbidden),
        Units = reader.Units(Units),
        UnitStates = reader.UnitStates(UnitStates),
        Overlays = [.. reader.Overlays(Overlays), .. reader.Programs(Programs)],
        Users = reader.Users(Users),
        Groups = reader.Groups(Groups),
        Members = reader.Members(Members),
        KernelArguments = reader.KernelArguments(KernelArguments),
        PostProcessScripts = reader.Scripts(PostProcessScripts),
        Tree = new TreeSettings
        {
            DefaultTarget = NullIfEmpty(DefaultTarget),
            MutateOSRelease = NullIfEmpty(MutateOSRelease),
            VersionPrefix = tree.Prefix(VersionPrefix),
            InitramfsArguments = TreeReader.Words(InitramfsArguments),
            ExcludedPackages = TreeReader.Names(Excluded),
            FileRemovals = tree.FileRemovals(FileRemovals),
            RemovedFiles = tree.Removed(RemovedFiles),
            EtcGroups = TreeReader.Names(EtcGroupMembers),
            Pins = tree.Pins(PasswdFile, GroupFile, PinnedUsers, PinnedGroups),
            Fields = tree.Fields(TreefileFields),
        },
        Container = new ContainerSettings
        {
            Labels = ItemReader.Values(Labels, GeneratedLabels),
            Environment = ItemReader.Values(EnvironmentVariables),
            Ports = ItemReader.Ports(Ports),
            Entrypoint = [.. Entrypoint.Select(item => item.ItemSpec)],
            Command = [.. DefaultArguments.Select(item => item.ItemSpec)],
            User = NullIfEmpty(ContainerUser),
            WorkingDirectory = NullIfEmpty(ContainerWorkingDirectory),
            Compression = Property<LayerCompressionKind>("ContainerLayerCompression", LayerCompression),
        },
    };

    private IEnumerable<(string, ITaskItem)> Items() =>
        new (string Type, ITaskItem[] Items)[]
        {
            ("RpmPackage", Packages),
            ("RpmRepository", Repositories),
            ("RpmPackageOverride", Overrides),
            ("ForbiddenPackage", Forbidden),
            ("OSExtension", Extensions),
            ("SystemdUnit", Units),
            ("SystemdUnitState", UnitStates),
            ("Overlay", Overlays),
            ("ProjectReference", References),
            ("SystemUser", Users),
            ("SystemGroup", Groups),
            ("GroupMember", Members),
            ("KernelArgument", KernelArguments),
            ("PostProcessScript", PostProcessScripts),
            ("ImageTest", ImageTests),
            ("ContainerBuildSecret", Secrets),
            ("Treefile", Treefiles),
            ("ExcludedPackage", Excluded),
            ("PackageFileRemoval", FileRemovals),
            ("RemovedFile", RemovedFiles),
            ("EtcGroupMember", EtcGroupMembers),
            ("PinnedUser", PinnedUsers),
            ("PinnedGroup", PinnedGroups),
            ("TreefileField", TreefileFields),
        }.SelectMany(group => group.Items.Select(item => (group.Type, item)));

    private string RpmArchitecture() => Compose.Engines.Architectures.FromRuntimeIdentifier(RuntimeIdentifier ?? "")
        ?? throw TaskDiagnostics.UnknownRuntime.Error(new ItemReference(nameof(RuntimeIdentifier), RuntimeIdentifier ?? ""), RuntimeIdentifier, string.Join(", ", Compose.Engines.Architectures.RuntimeIdentifiers));

    private static T Property<T>(string name, string? value)
        where T : struct, Enum => string.IsNullOrEmpty(value)
        ? default
        : ItemReader.Enum<T>(value) ?? throw TaskDiagnostics.BadProperty.Error(new ItemReference(name, value), name, value, string.Join(", ", Enum.GetNames<T>()));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
