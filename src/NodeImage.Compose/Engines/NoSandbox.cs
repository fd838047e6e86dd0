using NodeImage.Compose.Scriptlets;

namespace NodeImage.Compose.Engines;

/// <summary>The sandbox of a machine that can have none.</summary>
/// <param name="reason">Why, in the user's words.</param>
internal sealed class NoSandbox(string reason) : ISandbox
{
    public string? Unavailable => reason;

    public SandboxResult Run(SandboxCommand command) => throw new InvalidOperationException(reason);
}
