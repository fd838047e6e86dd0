using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Sandboxes;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines;

/// <summary>Everything that an image is a function of.</summary>
/// <param name="Definition">What the project asks for.</param>
/// <param name="Lock">The packages; all of them are in the cache.</param>
/// <param name="Base">The base image of a layered one, else null.</param>
public sealed record ComposeRequest(ImageDefinition Definition, RpmLock Lock, OciImage? Base)
{
    /// <summary>The project's folder, which the definition's files are relative to.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The folder that the image's layout goes to.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>A folder for what is needed only while composing.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>How a sandbox is started, or null where there must be none.</summary>
    public SandboxOptions? Sandbox { get; init; }

    /// <summary>Takes diagnostics that do not stop the build.</summary>
    public required Action<Diagnostic> Report { get; init; }

    /// <summary>Whether the user's settings make an error of a warning of a code. No image is written then.</summary>
    public Func<string, bool> IsError { get; init; } = _ => false;

    /// <summary>Hears what the user should know whatever the verbosity, or null.</summary>
    public Action<string>? Announce { get; init; }

    /// <summary>Hears what is being done, a line at a time, or null.</summary>
    public Action<string>? Progress { get; init; }
}

/// <summary>Makes images.</summary>
public interface IImageEngine
{
    /// <summary>Makes an image.</summary>
    /// <param name="request">What it is a function of.</param>
    /// <param name="cancellation">Stops it; what was there before is left as it was.</param>
    /// <returns>The image, in the layout that the request names.</returns>
    /// <exception cref="DiagnosticException">The image cannot be made.</exception>
    OciImage Compose(ComposeRequest request, CancellationToken cancellation);
}
