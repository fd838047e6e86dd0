using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Restoring.Indexing;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.Transfer;
using NodeImage.Oci.Layouts;

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

    /// <summary>The base's lock file, where the base is a project of which no image need exist yet.</summary>
    public string? BaseLockFile { get; set; }

    /// <summary>The base's definition, which goes with <see cref="BaseLockFile"/>.</summary>
    public string? BaseDefinitionFile { get; set; }

    /// <summary>The folder with the base's image, where the base is an image.</summary>
    public string? BaseLayout { get; set; }

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

    /// <inheritdoc/>
    protected override void Run()
    {
        var cache = OpenCache();
        var stamp = new RestoreStamp(StampFile, cache);
        IsUpToDate = !ForceEvaluate && stamp.Fits(Key(stamp));
        if (!IsUpToDate)
        {
            var restored = Restore(cache);
            stamp.Write(Key(stamp), restored);
        }
        else if (!string.IsNullOrEmpty(IndexFile))
        {
            var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
            new PackageIndexer(cache).Complete(IndexFile, definition, LockFiles.ReadTarget(LockFile, definition), Report, Cancellation);
        }
    }

    private Sha256Digest Key(RestoreStamp stamp) =>
        stamp.Key(AllowOlderBase, DefinitionFile, LockFile, BaseLockFile, BaseDefinitionFile, string.IsNullOrEmpty(BaseLayout) ? null : Path.Combine(BaseLayout, OciLayout.IndexFile));

    private RpmLock Restore(ContentCache cache)
    {
        var definition = DefinitionJson.Read(File.ReadAllBytes(DefinitionFile));
        var scratch = Path.Combine(cache.Incoming, Path.GetRandomFileName());
        using var downloader = new Downloader(TimeProvider.System);
        try
        {
            var below = ReadBase(definition, cache, scratch);
            var request = new RestoreRequest(definition, ProjectFolder, below)
            {
                LockFile = LockFile,
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

            return result.Lock;
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private BasePackages? ReadBase(ImageDefinition definition, ContentCache cache, string scratch)
    {
        if (definition.Kind == ImageKind.Base)
        {
            return null;
        }

        if (string.IsNullOrEmpty(BaseLockFile) || string.IsNullOrEmpty(BaseDefinitionFile))
        {
            var packages = BasePackages.FromImage(BaseReader.Open(definition, BaseLayout)!, cache, scratch, Cancellation);
            BaseReader.CheckRelease(definition, packages.Release, AllowOlderBase);
            return packages;
        }

        var below = DefinitionJson.Read(File.ReadAllBytes(BaseDefinitionFile));
        BaseReader.CheckRelease(definition, below.TargetFramework, AllowOlderBase);
        return BasePackages.FromLock(BaseLockFile, below, cache);
    }
}
