namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>Buildah.</summary>
internal sealed class BuildahBuilder : StorageBuilder
{
    /// <inheritdoc/>
    public override string Program => "buildah";

    /// <inheritdoc/>
    protected override string Verb => "build";

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> Release => [["rm", "--all"]];

    /// <inheritdoc/>
    protected override IEnumerable<string> Export(ContainerBuild build) => ["push", "--quiet", "--disable-compression", ImageName, $"oci:{build.Output}:{LayoutTag}"];
}
