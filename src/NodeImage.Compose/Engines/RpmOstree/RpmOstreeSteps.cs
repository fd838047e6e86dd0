using System.Globalization;
using NodeImage.Compose.Treefiles;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>One program that is run.</summary>
/// <param name="Doing">What it does, for the user.</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed record RpmOstreeStep(string Doing, IReadOnlyList<string> Command);

/// <summary>The programs that make an image of a treefile, in their order. No file is read or written here.</summary>
/// <param name="treefile">The folder with the treefile.</param>
/// <param name="scratch">A folder for what is needed only while composing.</param>
/// <param name="time">The image's time, in seconds since 1970.</param>
/// <param name="labels">The image's labels, sorted.</param>
internal sealed class RpmOstreeSteps(TreefileFolderResult treefile, string scratch, long time, IReadOnlyDictionary<string, string> labels)
{
    /// <summary>The folder with the layout of the image that was made.</summary>
    public string Output => Path.Combine(scratch, "result");

    /// <summary>The file with the rest of the image's configuration.</summary>
    public string ImageConfig => Path.Combine(scratch, "image-config.json");

    private string LayerRepository => Path.Combine(scratch, "layers");

    private string Rootfs => Path.Combine(scratch, "rootfs");

    private IEnumerable<string> Labels => labels.Select(label => $"{label.Key}={label.Value}");

    /// <summary>The steps for <c>compose image</c>.</summary>
    /// <param name="cacheFolder">Where rpm-ostree keeps what it has unpacked.</param>
    public IEnumerable<RpmOstreeStep> Image(string cacheFolder)
    {
        if (treefile.Layers.Count > 0)
        {
            yield return new RpmOstreeStep("making a repository for layers", ["ostree", "init", $"--repo={LayerRepository}", "--mode=bare-user"]);
        }

        foreach (var (layer, folder) in treefile.Layers)
        {
            yield return new RpmOstreeStep($"committing the layer {layer}", Commit(layer, folder));
        }

        var compose = new RpmOstreeCommand(RpmOstreeVerb.ComposeImage)
            .With("--cachedir", cacheFolder)
            .With("--initialize-mode", "always")
            .With("--format", "oci");
        if (treefile.LockPath is { } lockPath)
        {
            compose.With("--lockfile", lockPath).With("--lockfile-strict");
        }

        if (treefile.Layers.Count > 0)
        {
            compose.With("--layer-repo", LayerRepository);
        }

        yield return new RpmOstreeStep("composing the image", compose.With("--image-config", ImageConfig).With("--label", Labels).On(treefile.TreefilePath, Output).ToArguments());
    }

    /// <summary>The steps for <c>compose rootfs</c> and <c>compose build-chunked-oci</c>.</summary>
    /// <param name="cacheFolder">Where rpm-ostree keeps what it has unpacked.</param>
    public IEnumerable<RpmOstreeStep> ChunkedRootfs(string cacheFolder)
    {
        var compose = new RpmOstreeCommand(RpmOstreeVerb.ComposeRootfs).With("--cachedir", cacheFolder);
        if (treefile.LockPath is { } lockPath)
        {
            compose.With("--lockfile", lockPath);
        }

        yield return new RpmOstreeStep("composing the tree", compose.On(treefile.TreefilePath, Rootfs).ToArguments());

        // Format version 2 has explicit parent folders, without which the layers are not the same each time.
        yield return new RpmOstreeStep("dividing the tree into layers", new RpmOstreeCommand(RpmOstreeVerb.BuildChunkedOci)
            .With("--bootc")
            .With("--rootfs", Rootfs)
            .With("--format-version", "2")
            .With("--label", Labels)
            .With("--output", $"oci:{Output}:{OciLayout.OnlyName}")
            .ToArguments());
    }

    // The owners are the image's, not those of whoever builds; what has other modes is listed in the folder itself.
    private string[] Commit(string layer, string folder)
    {
        var overrides = Path.Combine(folder, StatOverride.FileName);
        return
        [
            "ostree", "commit",
            $"--repo={LayerRepository}",
            $"--branch={layer}",
            $"--tree=dir={folder}",
            "--owner-uid=0", "--owner-gid=0",
            "--no-xattrs", "--no-bindings",
            $"--timestamp=@{time.ToString(CultureInfo.InvariantCulture)}",
            .. File.Exists(overrides) ? (string[])[$"--statoverride={overrides}", $"--skip-list={Path.Combine(scratch, SkipListName)}"] : [],
        ];
    }

    /// <summary>The name of the file, in the scratch folder, that lists what is no part of a layer.</summary>
    public const string SkipListName = "not-in-layers";

    /// <summary>What that file says.</summary>
    public static string SkipList => $"/{StatOverride.FileName}\n";
}
