using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// Decodes a file list from the parallel entries of a header, with the checks of <c>rpmfilesNew</c> in rpm's
/// <c>lib/rpmfi.c</c>.
/// </summary>
internal ref struct RpmFileListReader
{
    private readonly RpmHeader _header;
    private readonly string _source;
    private readonly RpmFilePath[] _paths;
    private readonly IReadOnlyList<string> _directories;

    private RpmFileListReader(RpmHeader header, string source)
    {
        _header = header;
        _source = source;
        (_paths, _directories) = RpmFilePathReader.Read(header, source);
    }

    /// <summary>Decodes the file list of a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="source">The file that it comes from, for messages.</param>
    /// <returns>The list, empty where the package has no files.</returns>
    /// <exception cref="DiagnosticException">NI2304: the entries contradict each other, or a path leads astray.</exception>
    public static RpmFileList Read(RpmHeader header, string source) => new RpmFileListReader(header, source).Read();

    private readonly RpmFileList Read()
    {
        var algorithm = ReadDigestAlgorithm();
        var hasLongSizes = _header.Contains(RpmTag.LongFileSizes);
        if (_paths.Length == 0)
        {
            return new RpmFileList([], _directories, algorithm, hasLongSizes);
        }

        var modes = Exactly(RpmTag.FileModes, _header.GetUInt16s(RpmTag.FileModes));
        var flags = Exactly(RpmTag.FileFlags, _header.GetUInt32s(RpmTag.FileFlags));
        var sizes = ReadSizes(hasLongSizes);
        var times = Exactly(RpmTag.FileMtimes, _header.GetUInt32s(RpmTag.FileMtimes));
        var devices = Exactly(RpmTag.FileRdevs, _header.GetUInt16s(RpmTag.FileRdevs));
        var colors = Exactly(RpmTag.FileColors, _header.GetUInt32s(RpmTag.FileColors));
        var verify = Exactly(RpmTag.FileVerifyFlags, _header.GetUInt32s(RpmTag.FileVerifyFlags));
        var states = Exactly(RpmTag.FileStates, _header.GetBytes(RpmTag.FileStates).ToArray());
        var users = Required(RpmTag.FileUserName);
        var groups = Required(RpmTag.FileGroupName);
        var targets = Optional(RpmTag.FileLinkTos);
        var capabilities = Exactly(RpmTag.FileCaps, _header.GetStrings(RpmTag.FileCaps));
        var languages = Optional(RpmTag.FileLangs);
        var digests = ReadDigests(DigestAlgorithms.SizeOf(algorithm));
        var links = ReadHardLinks(modes, flags);

        var entries = new RpmFileEntry[_paths.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new RpmFileEntry
            {
                Index = i,
                Path = _paths[i].Path,
                DirectoryIndex = _paths[i].Directory,
                IsPathUtf8 = _paths[i].IsUtf8,
                Mode = At(modes, i),
                Flags = (RpmFileFlags)At(flags, i),
                Size = At(sizes, i),
                ModificationTime = At(times, i),
                DeviceNumber = At(devices, i),
                Color = (int)(At(colors, i) & 0xf),
                VerifyFlags = At(verify, i),
                State = (RpmFileState)At(states, i),
                User = users[i],
                Group = groups[i],
                LinkTarget = At(targets, i) ?? "",
                Capabilities = At(capabilities, i) ?? "",
                Languages = At(languages, i) ?? "",
                Digest = At(digests, i),
                HardLinks = links is null ? [] : links[i] ?? [],
            };
        }

        return new RpmFileList(entries, _directories, algorithm, hasLongSizes);
    }

    private static T? At<T>(T[] values, int index) => index < values.Length ? values[index] : default;

    private readonly DiagnosticException Malformed(string defect) => PackageDiagnostics.MalformedFileList.Error(null, _source, defect);

    // An entry may be missing, but one of another length would give files what belongs to others.
    private readonly T[] Exactly<T>(RpmTag tag, T[] values) => values.Length == 0 || values.Length == _paths.Length
        ? values
        : throw Malformed($"{tag} has {values.Length} items for {_paths.Length} files");

    private readonly string[] Required(RpmTag tag)
    {
        var values = Exactly(tag, _header.GetStrings(tag));
        return values.Length > 0 ? values : throw Malformed($"{tag} is missing");
    }

    // rpm leaves these out of account where their length is wrong.
    private readonly string[] Optional(RpmTag tag)
    {
        var values = _header.GetStrings(tag);
        return values.Length == _paths.Length ? values : [];
    }

    private readonly long[] ReadSizes(bool hasLongSizes)
    {
        if (!hasLongSizes)
        {
            return Array.ConvertAll(Exactly(RpmTag.FileSizes, _header.GetUInt32s(RpmTag.FileSizes)), size => (long)size);
        }

        var sizes = Exactly(RpmTag.LongFileSizes, _header.GetUInt64s(RpmTag.LongFileSizes));
        return Array.TrueForAll(sizes, size => size <= long.MaxValue)
            ? Array.ConvertAll(sizes, size => (long)size)
            : throw Malformed("a file's size is absurd");
    }

    private readonly DigestAlgorithm ReadDigestAlgorithm()
    {
        var number = (DigestAlgorithm)(_header.GetNumber(RpmTag.FileDigestAlgorithm) ?? 0);
        return DigestAlgorithms.SizeOf(number) == 0 ? DigestAlgorithm.Md5 : number;
    }

    // As rpm has it, one digest of a wrong length makes all of them worthless.
    private readonly ReadOnlyMemory<byte>[] ReadDigests(int size)
    {
        var texts = _header.GetStringData(RpmTag.FileDigests);
        if (texts.Count != _paths.Length)
        {
            return [];
        }

        var bytes = new byte[size * texts.Count];
        var digests = new ReadOnlyMemory<byte>[texts.Count];
        for (var i = 0; texts.MoveNext(); i++)
        {
            if (texts.Current.IsEmpty)
            {
                continue;
            }

            var digest = bytes.AsMemory(i * size, size);
            if (texts.Current.Length != size * 2
                || Convert.FromHexString(texts.Current, digest.Span, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                return [];
            }

            digests[i] = digest;
        }

        return digests;
    }

    // Regular files with the same device and inode are one file (rpmfilesBuildNLink in lib/rpmfi.c).
    private readonly int[]?[]? ReadHardLinks(ushort[] modes, uint[] flags)
    {
        var inodes = Exactly(RpmTag.FileInodes, _header.GetUInt32s(RpmTag.FileInodes));
        var devices = Exactly(RpmTag.FileDevices, _header.GetUInt32s(RpmTag.FileDevices));
        if (inodes.Length == 0 || devices.Length == 0)
        {
            return null;
        }

        var first = new Dictionary<(uint Device, uint Inode), int>(inodes.Length);
        Dictionary<int, List<int>>? sets = null;
        for (var i = 0; i < inodes.Length; i++)
        {
            if ((At(modes, i) & 0xf000) != 0x8000 || (At(flags, i) & (uint)RpmFileFlags.Ghost) != 0 || inodes[i] == 0
                || first.TryAdd((devices[i], inodes[i]), i))
            {
                continue;
            }

            sets ??= [];
            var head = first[(devices[i], inodes[i])];
            if (!sets.TryGetValue(head, out var set))
            {
                sets[head] = set = [head];
            }

            set.Add(i);
        }

        return sets is null ? null : Spread(sets.Values, inodes.Length);
    }

    private static int[]?[] Spread(IEnumerable<List<int>> sets, int count)
    {
        var links = new int[]?[count];
        foreach (var set in sets)
        {
            var members = set.ToArray();
            foreach (var member in members)
            {
                links[member] = members;
            }
        }

        return links;
    }
}
