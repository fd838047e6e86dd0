using NodeImage.Compose.Definition;

namespace NodeImage.Compose.Testing;

/// <summary>A script that tests an image from within: it passes where it ends with exit status 0.</summary>
/// <param name="File">The script.</param>
/// <param name="Interpreter">What runs it, a path in the image.</param>
public sealed record ImageTestScript(SourceFile File, string Interpreter);
