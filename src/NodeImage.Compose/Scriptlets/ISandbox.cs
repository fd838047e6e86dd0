namespace NodeImage.Compose.Scriptlets;

/// <summary>A place on disk where the image's own programs run, cut off from the machine and the network.</summary>
internal interface ISandbox
{
    /// <summary>Why no sandbox can be had here, in the user's words, or null where one can.</summary>
    string? Unavailable { get; }

    /// <summary>Runs a command in the image as it is now, and takes over what it changes.</summary>
    /// <param name="command">The command.</param>
    /// <returns>How it ended.</returns>
    SandboxResult Run(SandboxCommand command);
}

/// <summary>A command to run in a sandbox.</summary>
/// <param name="Arguments">The program, as a path in the image, and its arguments.</param>
/// <param name="Input">What it reads from its standard input.</param>
internal sealed record SandboxCommand(IReadOnlyList<string> Arguments, string Input)
{
    /// <summary>A script that is put at a path for as long as the command runs, or null.</summary>
    public (string Path, byte[] Content)? Script { get; init; }
}

/// <summary>How a command in a sandbox ended.</summary>
/// <param name="Status">Its exit status; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">What it wrote to both of its outputs.</param>
internal sealed record SandboxResult(int Status, string Output);
