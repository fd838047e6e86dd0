using NodeImage.Core.Digests;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Definition;

/// <summary>A file of the project, with what it held when the definition was made.</summary>
/// <param name="Path">Its path: relative to the project's folder where it lies in there, else full.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Digest">The SHA-256 digest of its content, as <c>sha256:</c> and hexadecimal digits.</param>
public sealed record SourceFile(string Path, long Size, string Digest)
{
    /// <summary>The file's content, held to what it was.</summary>
    /// <param name="projectFolder">The project's folder.</param>
    /// <returns>The content.</returns>
    public FileContent Open(string projectFolder) => new DiskContent(System.IO.Path.Combine(projectFolder, Path), Size, Sha256Digest.Parse(Digest));
}
