using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>A file beside the Containerfile.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="IsProgram">Whether it can be run.</param>
internal sealed record ContextFile(FileContent Content, bool IsProgram = false)
{
    /// <summary>A file on this machine with the same content, which may get a second name instead of being copied; or null.</summary>
    public string? Original { get; init; }
}
