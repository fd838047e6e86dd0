namespace NodeImage.Compose.Definition;

/// <summary>A script that is run in the finished tree.</summary>
/// <param name="File">The script.</param>
/// <param name="Interpreter">What runs it, a path in the image.</param>
public sealed record ScriptDefinition(SourceFile File, string Interpreter);
