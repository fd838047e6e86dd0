namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>Docker with BuildKit, by a builder that can write OCI archives: one of the driver <c>docker-container</c>, or a daemon with containerd's image store.</summary>
internal sealed class DockerBuilder : ContainerBuilder
{
    // Named contexts hide stages, so it has a name that no stage has.
    private const string BaseContext = "nodeimage-from";

    /// <inheritdoc/>
    public override string Program => "docker";

    /// <inheritdoc/>
    public override bool WritesArchive => true;

    /// <inheritdoc/>
    public override IEnumerable<ToolCall> Build(ContainerBuild build)
    {
        var time = FormattableString.Invariant($"SOURCE_DATE_EPOCH={build.Time}");
        yield return new ToolCall("building the image",
        [
            "buildx", "build",
            "--progress", "plain",
            "--no-cache",
            "--provenance=false",
            "--platform", build.Platform,
            "--file", Path.Combine(build.Folder, "Containerfile"),
            "--build-arg", time,
            .. build.From is { } layout
                ? (string[])["--build-context", $"{BaseContext}=oci-layout://{layout}:{LayoutTag}", "--build-arg", $"{build.Variable}={BaseContext}"]
                : ["--build-arg", $"{build.Variable}={build.FromReference}"],
            .. Secrets(build),
            "--output", $"type=oci,dest={build.Output},rewrite-timestamp=true",
            build.Folder,
        ]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ToolCall> CleanUp(ContainerBuild build) => [];
}
