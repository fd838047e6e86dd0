using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>
/// Something small that is learnt from the content of one file and from nothing else, so that it may be kept for as long
/// as the content is the same. A system-wide database is then put together from facts, and no content is read twice.
/// </summary>
/// <typeparam name="T">What is learnt. It must not change once it has been made.</typeparam>
internal interface IContentFact<T>
    where T : class
{
    /// <summary>The kind of fact. The name ends in a version: it goes up when what is learnt, or how it is written, changes.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether the fact is likely to be asked of a file, so that it is worth learning while the content passes anyway. A
    /// database may ask it of other files, too.
    /// </summary>
    /// <param name="path">The file's canonical path.</param>
    /// <param name="inode">The file.</param>
    bool AppliesTo(string path, Inode inode);

    /// <summary>Learns the fact. Whatever the content is, there is an answer, if only that it is not what it seems to be.</summary>
    /// <param name="content">The content, read forward only; it need not be read to its end.</param>
    /// <param name="length">How many bytes there are.</param>
    T Read(Stream content, long length);

    /// <summary>Writes the fact for later.</summary>
    void Write(BinaryWriter writer, T fact);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    T Read(BinaryReader reader);
}

/// <summary>Learns facts of many files at once, or knows them already.</summary>
internal interface IContentFacts
{
    /// <summary>Learns a fact of files.</summary>
    /// <param name="fact">What is to be learnt.</param>
    /// <param name="nodes">The files; those that have no content are passed over, and several names of one file count once.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The fact of every content.</returns>
    IReadOnlyDictionary<FileContent, T> Learn<T>(IContentFact<T> fact, IEnumerable<FileNode> nodes, CancellationToken cancellation)
        where T : class;

    /// <summary>Remembers something that takes long to make.</summary>
    /// <param name="kind">What it is. The name ends in a version: it goes up when what is made changes.</param>
    /// <param name="inputs">All that it is made of, content by <see cref="FileContent.Identity"/>.</param>
    /// <param name="make">Makes it.</param>
    byte[] Recall(string kind, string inputs, Func<byte[]> make);
}
