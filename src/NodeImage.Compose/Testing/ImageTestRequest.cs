using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Sandboxes;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Testing;

/// <summary>What is to be tested.</summary>
/// <param name="Image">The image.</param>
/// <param name="Definition">What its project asks for.</param>
public sealed record ImageTestRequest(OciImage Image, ImageDefinition Definition)
{
    /// <summary>The base that the image stands on, or null.</summary>
    public OciImage? Base { get; init; }

    /// <summary>The project's folder, which scripts are relative to.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>A folder for the tree while scripts run in it.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>What a sandbox is started with.</summary>
    public required SandboxOptions Sandbox { get; init; }

    /// <summary>The project's own tests.</summary>
    public ImmutableArray<ImageTestScript> Scripts { get; init; } = [];

    /// <summary>Which tests are run.</summary>
    public ImageTestFilter Filter { get; init; } = new(null);
}
