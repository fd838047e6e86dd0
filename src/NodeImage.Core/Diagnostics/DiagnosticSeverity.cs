namespace NodeImage.Core.Diagnostics;

/// <summary>How much a diagnostic weighs, in MSBuild's own terms.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; never changes the outcome of a build.</summary>
    Message,

    /// <summary>The image is made, but something about it is likely not what its author wants.</summary>
    Warning,

    /// <summary>No image is made.</summary>
    Error,
}
