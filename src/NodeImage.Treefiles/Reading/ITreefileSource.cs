namespace NodeImage.Treefiles.Reading;

/// <summary>Where treefiles and the files that they name are read from.</summary>
public interface ITreefileSource
{
    /// <summary>Finds a file.</summary>
    /// <param name="folder">The folder that the path is relative to: the one of the treefile that names it.</param>
    /// <param name="path">The path as the treefile has it.</param>
    /// <returns>Where the file is looked for; it need not exist.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">The path leads where nothing may be read.</exception>
    string Locate(string folder, string path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">What <see cref="Locate"/> gave.</param>
    /// <returns>The content, and what tells the file from others whatever it is called; null where there is none.</returns>
    TreefileContent? Read(string path);
}

/// <summary>A file that was read.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="Identity">What tells it from other files: its path when all links have been followed.</param>
public sealed record TreefileContent(ReadOnlyMemory<byte> Bytes, string Identity);
