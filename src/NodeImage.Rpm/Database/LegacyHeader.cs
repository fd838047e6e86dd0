using System.Buffers.Binary;
using System.Text;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>
/// What rpm adds to packages older than rpm 4 when it installs them (<c>applyRetrofits</c> in <c>lib/package.c</c>, and
/// <c>lib/headerutil.c</c>): a compressed file list, the package's own name among what it provides, and a region.
/// </summary>
internal static class LegacyHeader
{
    /// <summary>Adds what an old package lacks.</summary>
    /// <param name="info">The package.</param>
    /// <param name="additions">What it is added to.</param>
    public static void Retrofit(RpmPackageInfo info, HeaderAdditions additions)
    {
        var header = info.Header;
        if (!header.Contains(RpmTag.SourceRpm) && !header.Contains(RpmTag.SourcePackage))
        {
            if (info.IsSource)
            {
                additions.Add(RpmTag.SourcePackage, 1);
            }
            else
            {
                additions.Add(RpmTag.SourceRpm, "(none)");
            }
        }

        if (header.Contains(RpmTag.OldFileNames) && !header.Contains(RpmTag.DirNames))
        {
            CompressFileList(header, additions);
        }

        if (info.Format == 3 && !info.IsSource)
        {
            ProvideName(info, additions);
        }
    }

    /// <summary>Puts a region around a header that has none.</summary>
    /// <param name="header">The header.</param>
    /// <returns>The region's index and data.</returns>
    public static (byte[] Index, byte[] Data) MakeRegion(RpmHeader header)
    {
        var blob = header.Blob.Span;
        var indexLength = header.IndexEntries.Count * RpmHeaderLimits.EntrySize;
        var dataLength = blob.Length - RpmHeaderLimits.IntroSize - indexLength;
        var index = new byte[RpmHeaderLimits.EntrySize + indexLength];
        var data = new byte[dataLength + RpmHeaderLimits.TrailerSize];
        blob.Slice(RpmHeaderLimits.IntroSize, indexLength).CopyTo(index.AsSpan(RpmHeaderLimits.EntrySize));
        blob[(RpmHeaderLimits.IntroSize + indexLength)..].CopyTo(data);
        WriteRegionEntry(index, dataLength);
        WriteRegionEntry(data.AsSpan(dataLength), -index.Length);
        return (index, data);
    }

    private static void WriteRegionEntry(Span<byte> entry, int offset)
    {
        BinaryPrimitives.WriteInt32BigEndian(entry, (int)RpmTag.HeaderImage);
        BinaryPrimitives.WriteInt32BigEndian(entry[4..], (int)RpmTagType.Bin);
        BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
        BinaryPrimitives.WriteInt32BigEndian(entry[12..], RpmHeaderLimits.TrailerSize);
    }

    // Folders are listed as they are met, and found again by a search that wants them sorted: where they are not, rpm lists
    // some twice, and so must this.
    private static void CompressFileList(RpmHeader header, HeaderAdditions additions)
    {
        var paths = header.GetStringData(RpmTag.OldFileNames);
        var names = new List<byte[]>(paths.Count);
        var indexes = new List<uint>(paths.Count);
        var folders = new List<byte[]>();
        foreach (var path in paths)
        {
            var isBare = names.Count == 0 ? !path.StartsWith("/"u8) : folders is [{ Length: 0 }];
            var split = isBare ? 0 : path.LastIndexOf((byte)'/') + 1;
            names.Add(path[split..].ToArray());
            var folder = Search(folders, path[..split]);
            if (folder < 0)
            {
                folder = folders.Count;
                folders.Add(path[..split].ToArray());
            }

            indexes.Add((uint)folder);
        }

        additions.Add(RpmTag.DirIndexes, [.. indexes]);
        additions.AddArray(RpmTag.BaseNames, names);
        additions.AddArray(RpmTag.DirNames, folders);
    }

    // The probes of the C library's bsearch.
    private static int Search(List<byte[]> folders, ReadOnlySpan<byte> folder)
    {
        var (low, high) = (0, folders.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = folder.SequenceCompareTo(folders[middle]);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (low, middle) : (middle + 1, high);
        }

        return -1;
    }

    private static void ProvideName(RpmPackageInfo info, HeaderAdditions additions)
    {
        var header = info.Header;
        var provides = info.Provides;
        var names = header.GetStringData(RpmTag.ProvideName);
        if (provides.Count == names.Count && header.Contains(RpmTag.ProvideVersion))
        {
            return;
        }

        var hasVersions = header.Contains(RpmTag.ProvideVersion);
        var epoch = header.GetNumber(RpmTag.Epoch) is { } number ? $"{number}:" : "";
        var own = $"{epoch}{header.GetString(RpmTag.Version)}-{header.GetString(RpmTag.Release)}";
        var allNames = new List<byte[]>();
        foreach (var name in names)
        {
            allNames.Add(name.ToArray());
        }

        var versions = new List<byte[]>();
        foreach (var version in header.GetStringData(RpmTag.ProvideVersion))
        {
            versions.Add(version.ToArray());
        }

        uint[] flags = hasVersions ? header.GetUInt32s(RpmTag.ProvideFlags) : new uint[names.Count];
        versions.AddRange(Enumerable.Repeat(Array.Empty<byte>(), hasVersions ? 0 : names.Count));
        additions.AddArray(RpmTag.ProvideName, [.. allNames, Encoding.UTF8.GetBytes(header.GetString(RpmTag.Name)!)]);
        additions.AddArray(RpmTag.ProvideVersion, [.. versions, Encoding.UTF8.GetBytes(own)]);
        additions.Add(RpmTag.ProvideFlags, [.. flags, (uint)Dependencies.DependencyFlags.Equal]);
    }
}
