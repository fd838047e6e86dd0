using System.Buffers.Binary;
using NodeImage.Core.Cache;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>
/// The small files of a package that scriptlets and passes look into: units, settings, lists, scripts. A payload can only be
/// decoded from its start, so when one of them is wanted all are read in one pass, and kept for the next build.
/// </summary>
/// <param name="archive">The package's payload.</param>
/// <param name="cache">Keeps them, or null.</param>
internal sealed class SmallFiles(PackageArchive archive, ContentCache? cache)
{
    private const string Kind = "rpm-small-files-1";
    private const int MaxSize = 32 << 10;
    private const int MaxTotal = 8 << 20;
    private const int EntryHeader = 8;

    private static readonly string[] Folders = ["/etc/", "/usr/etc/", "/lib/systemd/", "/usr/lib/systemd/", "/usr/lib/sysusers.d/", "/usr/lib/tmpfiles.d/", "/usr/lib/rpm/", "/usr/lib/kernel/", "/usr/lib/sysctl.d/", "/usr/sbin/", "/usr/bin/", "/usr/libexec/"];

    // What scriptlets that enable units or make accounts look into.
    private static readonly string[] LikelyFolders = ["/lib/systemd/system/", "/usr/lib/systemd/system/", "/usr/lib/sysusers.d/"];

    private readonly Lazy<Dictionary<int, byte[]>> _files = new(() => Load(archive, cache));

    /// <summary>Finds a file's content.</summary>
    /// <param name="index">Its place in the header's list.</param>
    /// <param name="length">Its length.</param>
    /// <returns>The content, or null where it is none of these files.</returns>
    public byte[]? Find(int index, long length) => length <= MaxSize && IsSmall(archive.Package.Info.Files[index]) ? _files.Value.GetValueOrDefault(index) : null;

    /// <summary>Reads them ahead where they are likely to be wanted; safe on a thread of its own.</summary>
    public void Anticipate()
    {
        if (archive.Package.Info.Scriptlets.Count > 0 && archive.Package.Info.Files.Any(file => IsSmall(file) && StartsWithAny(file, LikelyFolders)))
        {
            _ = _files.Value;
        }
    }

    private static bool IsSmall(RpmFileEntry file) =>
        file.IsRegular && !file.IsGhost && file.Size <= MaxSize && StartsWithAny(file, Folders);

    private static bool StartsWithAny(RpmFileEntry file, string[] folders) => Array.Exists(folders, folder => file.Path.StartsWith(folder, StringComparison.Ordinal));

    private static Dictionary<int, byte[]> Load(PackageArchive archive, ContentCache? cache)
    {
        if (cache?.FindDocument(Kind, archive.Digest) is { } known && Unpack(known) is { } kept)
        {
            return kept;
        }

        var files = Read(archive);
        cache?.AddDocument(Kind, archive.Digest, Pack(files));
        return files;
    }

    private static Dictionary<int, byte[]> Read(PackageArchive archive)
    {
        var wanted = new List<int>();
        long total = 0;
        foreach (var file in archive.Package.Info.Files)
        {
            var index = file.HardLinks.Count > 0 ? file.HardLinks[^1] : file.Index;
            if (IsSmall(file) && index == file.Index && (total += file.Size) <= MaxTotal)
            {
                wanted.Add(index);
            }
        }

        var files = new Dictionary<int, byte[]>(wanted.Count);
        archive.Read(
            wanted,
            (index, content) =>
            {
                using var copy = new MemoryStream();
                content.CopyTo(copy);
                files[index] = copy.ToArray();
            },
            CancellationToken.None);
        return files;
    }

    private static byte[] Pack(Dictionary<int, byte[]> files)
    {
        using var packed = new MemoryStream();
        Span<byte> header = stackalloc byte[EntryHeader];
        foreach (var (index, content) in files.OrderBy(file => file.Key))
        {
            BinaryPrimitives.WriteInt32LittleEndian(header, index);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], content.Length);
            packed.Write(header);
            packed.Write(content);
        }

        return packed.ToArray();
    }

    // Null for what no version of ours has written.
    private static Dictionary<int, byte[]>? Unpack(ReadOnlySpan<byte> packed)
    {
        var files = new Dictionary<int, byte[]>();
        while (packed.Length >= EntryHeader)
        {
            var (index, length) = (BinaryPrimitives.ReadInt32LittleEndian(packed), BinaryPrimitives.ReadInt32LittleEndian(packed[4..]));
            packed = packed[EntryHeader..];
            if (length < 0 || length > packed.Length)
            {
                return null;
            }

            files[index] = packed[..length].ToArray();
            packed = packed[length..];
        }

        return packed.IsEmpty ? files : null;
    }
}
