namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>Podman.</summary>
internal sealed class PodmanBuilder : StorageBuilder
{
    /// <inheritdoc/>
    public override string Program => "podman";

    /// <inheritdoc/>
    protected override string Verb => "build";

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> Release => [["container", "rm", "--all", "--force"]];

    /// <inheritdoc/>
    protected override IEnumerable<string> Export(ContainerBuild build) => ["save", "--quiet", "--format", "oci-dir", "--uncompressed", "--output", build.Output, ImageName];
}
