namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>What Podman and Buildah share: a store in a folder of the build's own, so that the user's keeps out of it.</summary>
internal abstract class StorageBuilder : ContainerBuilder
{
    /// <summary>The name of the image while it is in the store.</summary>
    protected const string ImageName = "localhost/nodeimage:latest";

    /// <summary>The name of the verb that builds.</summary>
    protected abstract string Verb { get; }

    /// <inheritdoc/>
    public override IEnumerable<ToolCall> Build(ContainerBuild build)
    {
        // Relative to the folder that the tool runs in: it makes an image's name of the path, and allows no upper case in one.
        var from = build.From is { } layout ? $"oci:{Path.GetRelativePath(build.Scratch, layout)}:{LayoutTag}" : build.FromReference;
        yield return new ToolCall("building the image",
        [
            .. Store(build),
            Verb,
            .. BuildOptions.ForContainerStorage(build.Time, fetches: false),
            "--no-cache",
            "--platform", build.Platform,
            .. build.Isolation is { } isolation ? (string[])["--isolation", isolation] : [],
            .. build.Isolation is "oci" or "rootless" ? (string[])["--network", "none"] : [],
            "--build-arg", $"{build.Variable}={from}",
            .. Secrets(build),
            "--tag", ImageName,
            build.Folder,
        ]);
        yield return new ToolCall("writing the image", [.. Store(build), .. Export(build)]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ToolCall> CleanUp(ContainerBuild build)
    {
        foreach (var arguments in Release)
        {
            yield return new ToolCall("releasing its containers", [.. Store(build), .. arguments]);
        }

        yield return new ToolCall("removing the image from its store", [.. Store(build), "rmi", "--all", "--force"]);

        // An ordinary user's store has files of other numbers, which only a namespace of users may remove. Root needs none, and is told so.
        yield return new ToolCall("removing its store", ["unshare", "rm", "-rf", StoreFolder(build)]);
    }

    /// <summary>The arguments of the calls that release what a build that was stopped has left.</summary>
    protected abstract IReadOnlyList<string[]> Release { get; }

    /// <summary>The arguments of the call that writes the image to the output's folder, with layers as they are.</summary>
    protected abstract IEnumerable<string> Export(ContainerBuild build);

    private static IEnumerable<string> Store(ContainerBuild build) => ["--root", StoreFolder(build), "--runroot", build.RunFolder];

    private static string StoreFolder(ContainerBuild build) => Path.Combine(build.Scratch, "store");
}
