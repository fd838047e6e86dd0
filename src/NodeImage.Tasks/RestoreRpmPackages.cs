using System.Text;
using Microsoft.Build.Framework;
using NodeImage.Compose.Bases;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Restoring.Indexing;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Transfer;

namespace NodeImage.Tasks;

/// <summary>Chooses packages, brings them into the cache, verifies them, and writes the lock file.</summary>
public sealed class RestoreRpmPackages : ImageTask
{
    /// <summary>The definition of what is asked for.</summary>
    [Required]
    public string DefinitionFile { get; set; } = "";

    /// <summary>The lock file.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>The lock files of the projects that the image stands on, the lowest first, where the base is a project; no image need
    /// exist yet. With each, the definition in <c>DefinitionFile</c>, and in <c>BaseLayoutFile</c> the file that tells where its own
    /// base is, if that is no project.</summary>
    public ITaskItem[] BaseProjects { get; set; } = [];

    /// <summary>The property <c>ContainerBaseImage</c>, where the base is an image: a folder, an archive, or a name in a registry.</summary>
    public string? BaseImage { get; set; }

    /// <summary>The file that tells later builds where the base's image is.</summary>
    [Required]
    public string BaseLayoutFile { get; set; } = "";

    /// <summary>A file with the certificates of authorities that are trusted besides the platform's, or empty.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>The folder that the build was started in.</summary>
    [Required]
    public string StartFolder { get; set; } = "";

    /// <summary>Whether the base may be of an older minor release.</summary>
    public bool AllowOlderBase { get; set; }

    /// <summary>The index of packages, or empty where none is wanted.</summary>
    public string? IndexFile { get; set; }

    /// <summary>Whether the lock must fit as it is.</summary>
    public bool Locked { get; set; }

    /// <summary>Whether packages are chosen anew even where the lock fits.</summary>
    public bool ForceEvaluate { get; set; }

    /// <summary>The file that remembers what was restored last.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    private bool HasBaseProject => BaseProjects.Length > 0;

    /// <inheritdoc/>
    protected override void Run()
    {
        var cache = OpenCache();
        var stamp = new RestoreStamp(StampFile, cache);
        var source = HasBaseProject || string.IsNullOrEmpty(BaseImage) ? null : BaseImageSource.Parse(BaseImage, ProjectFolder);
        IsUpToDate = stamp.Fits(Key(stamp, source), out var baseLayout) && !ForceEvaluate;
        if (!IsUpToDate)
        {
            var (restored, below) = Restore(cache, source);
            stamp.Write(Key(stamp, source), restored, below);
            baseLayout = below?.Image.Layout.Folder ?? "";
        }

        if (source is not null)
        {
            AtomicFile.WriteWhenDifferent(BaseLayoutFile, Encoding.UTF8.GetBytes(baseLayout));
        }

        if (IsUpToDate && !string.IsNullOrEmpty(IndexFile) && !File.Exists(IndexFile))
        {
            var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
            new PackageIndexer(cache).Complete(IndexFile, definition, LockFiles.ReadTarget(LockFile, definition), Report, Cancellation);
        }
    }

    private Sha256Digest Key(RestoreStamp stamp, BaseImageSource? source) =>
        stamp.Key(AllowOlderBase, source, [DefinitionFile, LockFile, .. BaseProjects.SelectMany(project => (string[])[project.ItemSpec, project.GetMetadata("DefinitionFile"), project.GetMetadata("BaseLayoutFile")])]);

    private (RpmLock Lock, ResolvedBase? Base) Restore(ContentCache cache, BaseImageSource? source)
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        if (definition.Kind == ImageKind.Base && source is not null)
        {
            throw TaskDiagnostics.BaseOfBase.Error(source.Subject);
        }

        var scratch = Path.Combine(cache.Incoming, Path.GetRandomFileName());
        using var downloader = new Downloader(TimeProvider.System);
        try
        {
            var image = source is null ? null : Resolve(source, definition, cache, scratch);
            var request = new RestoreRequest(definition, ProjectFolder, ReadBase(definition, image, cache, scratch))
            {
                LockFile = LockFile,
                LockedBase = image?.Locked,
                IndexFile = string.IsNullOrEmpty(IndexFile) ? null : IndexFile,
                Locked = Locked,
                ForceEvaluate = ForceEvaluate,
                IsError = IsError,
            };
            var restorer = new PackageRestorer(cache, downloader, scratch);
            var result = restorer.RestoreAsync(request, Report, new RestoreMeter(line => Log.LogMessage(MessageImportance.Normal, "{0}", line)), Cancellation).GetAwaiter().GetResult();
            if (result.LockChanged)
            {
                Log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(ProjectFile)}: {result.Lock.Packages.Length} packages locked in {LockFile}");
            }

            return (result.Lock, image);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private ResolvedBase Resolve(BaseImageSource source, ImageDefinition definition, ContentCache cache, string scratch)
    {
        var request = new BaseRequest(source, definition, LockFile) { Locked = Locked, ForceEvaluate = ForceEvaluate };
        var resolver = new BaseImageResolver(cache, scratch, registry => RegistryPlace.Connect(registry, forPush: false, CertificateAuthority, StartFolder, source.Subject));
        var progress = new TransferReporter((done, total) => Log.LogMessage(MessageImportance.Normal, "{0}", $"{source.Subject.Identity}: {Sizes.Text(done)} of {Sizes.Text(total)} fetched, {Sizes.Text(total - done)} left"), TimeProvider.System);
        return resolver.ResolveAsync(request, progress, Cancellation).GetAwaiter().GetResult();
    }

    private BasePackages? ReadBase(ImageDefinition definition, ResolvedBase? image, ContentCache cache, string scratch)
    {
        if (definition.Kind == ImageKind.Base)
        {
            return null;
        }

        if (!HasBaseProject)
        {
            var packages = BasePackages.FromImage(image?.Image ?? throw BaseReader.NoBase(definition).Error(null), cache, scratch, Cancellation);
            BaseReader.CheckRelease(definition, packages.Release, AllowOlderBase);
            return packages;
        }

        BasePackages? below = null;
        foreach (var project in BaseProjects)
        {
            var lower = DefinitionJson.Read(File.ReadAllBytes(project.GetMetadata("DefinitionFile")));
            below = BasePackages.FromLock(project.ItemSpec, lower, below ?? ReadLowest(project, lower, cache, scratch), cache);
            if (project == BaseProjects[^1])
            {
                BaseReader.CheckRelease(definition, lower.TargetFramework, AllowOlderBase);
            }
        }

        return below;
    }

    // A base that is a project may itself stand on an image that is none.
    private BasePackages? ReadLowest(ITaskItem project, ImageDefinition definition, ContentCache cache, string scratch)
    {
        var file = project.GetMetadata("BaseLayoutFile");
        return file.Length > 0 && File.Exists(file) && BaseReader.Open(definition, File.ReadAllText(file)) is { } image
            ? BasePackages.FromImage(image, cache, scratch, Cancellation)
            : null;
    }
}
