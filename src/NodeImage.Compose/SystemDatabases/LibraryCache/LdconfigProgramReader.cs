using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>Learns what an image's ldconfig does.</summary>
internal sealed class LdconfigProgramReader : IContentFact<LdconfigProgram>
{
    // A static program of about a megabyte.
    private const int MaxSize = 32 << 20;

    /// <inheritdoc/>
    public string Kind => "ldconfig-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Inode inode) => inode.IsRegular && ImagePath.Name(path) is "ldconfig" or "ldconfig.real";

    /// <inheritdoc/>
    public LdconfigProgram Read(Stream content, long length)
    {
        using var buffer = new ForwardBuffer(content, MaxSize);
        return LdconfigProgram.Inspect(buffer.ReadAll());
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, LdconfigProgram fact)
    {
        writer.Write(fact.Generator);
        writer.Write(fact.Machine);
        writer.Write(fact.IsBigEndian);
        writer.Write(fact.SystemFolders.Count);
        foreach (var folder in fact.SystemFolders)
        {
            writer.Write(folder);
        }

        writer.Write(fact.RecordsKernelVersions);
        writer.Write(fact.HasLegacyFolders);
        writer.Write(fact.SkipsPackageTemporaries);
        writer.Write(fact.LeavesDynamicLinker);
    }

    /// <inheritdoc/>
    public LdconfigProgram Read(BinaryReader reader) => new()
    {
        Generator = reader.ReadString(),
        Machine = reader.ReadUInt16(),
        IsBigEndian = reader.ReadBoolean(),
        SystemFolders = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())],
        RecordsKernelVersions = reader.ReadBoolean(),
        HasLegacyFolders = reader.ReadBoolean(),
        SkipsPackageTemporaries = reader.ReadBoolean(),
        LeavesDynamicLinker = reader.ReadBoolean(),
    };
}
