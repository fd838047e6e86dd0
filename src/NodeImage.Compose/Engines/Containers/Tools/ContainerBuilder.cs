using System.Collections.Immutable;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>What is built.</summary>
/// <param name="Folder">The folder with the Containerfile.</param>
/// <param name="Variable">The variable that names the image that it stands on.</param>
/// <param name="From">The folder of that image's layout, or null where <paramref name="FromReference"/> is looked for by the tool.</param>
/// <param name="FromReference">That image's reference otherwise.</param>
/// <param name="Time">The image's time, in seconds since 1970.</param>
internal sealed record ContainerBuild(string Folder, string Variable, string? From, string FromReference, long Time)
{
    /// <summary>The platform, as <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The kind of isolation, or null for the tool's own.</summary>
    public string? Isolation { get; init; }

    /// <summary>Files that steps may read, by their names.</summary>
    public ImmutableArray<(string Id, string File)> Secrets { get; init; } = [];

    /// <summary>A folder of the build's own, where the tool keeps what it needs.</summary>
    public required string Scratch { get; init; }

    /// <summary>A folder with a short name, for what tools keep while they run.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The folder or file that the image goes to.</summary>
    public string Output => Path.Combine(Scratch, "result");
}

/// <summary>A call of a tool.</summary>
/// <param name="Doing">What it does, for the user.</param>
/// <param name="Arguments">Its arguments, one by one.</param>
internal sealed record ToolCall(string Doing, IReadOnlyList<string> Arguments);

/// <summary>A program that builds containers.</summary>
internal abstract class ContainerBuilder
{
    /// <summary>The name of the layout's image, as tools name it.</summary>
    protected const string LayoutTag = OciLayout.OnlyName;

    /// <summary>The program.</summary>
    public abstract string Program { get; }

    /// <summary>The calls that build an image and put it into <see cref="ContainerBuild.Output"/>.</summary>
    public abstract IEnumerable<ToolCall> Build(ContainerBuild build);

    /// <summary>The calls that take away what a build has left behind, whether it has come to an end or not.</summary>
    public abstract IEnumerable<ToolCall> CleanUp(ContainerBuild build);

    /// <summary>Whether what is in <see cref="ContainerBuild.Output"/> is an archive with a layout instead of a layout.</summary>
    public virtual bool WritesArchive => false;

    /// <summary>The secrets of a build, as every tool takes them.</summary>
    protected static IEnumerable<string> Secrets(ContainerBuild build) => build.Secrets.SelectMany(secret => (string[])["--secret", $"id={secret.Id},src={secret.File}"]);
}
