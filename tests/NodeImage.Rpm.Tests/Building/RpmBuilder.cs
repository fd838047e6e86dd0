using System.IO.Compression;
using System.Security.Cryptography;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using ZstdSharp;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Builds small packages, so that tests prove something where no others are at hand.</summary>
internal sealed class RpmBuilder
{
    public string Name { get; init; } = "hello";

    public string Version { get; init; } = "1.0";

    public string Release { get; init; } = "1";

    public string Arch { get; init; } = "noarch";

    /// <summary>3 for a header without region and with whole paths, 4, or 6.</summary>
    public int Format { get; init; } = 4;

    public string? Compressor { get; init; } = "gzip";

    public IReadOnlyList<TestFile> Files { get; init; } = [];

    public IReadOnlyList<(RpmDependencyKind Kind, string Name, DependencyFlags Flags, string Version)> Dependencies { get; init; } = [];

    /// <summary>Changes the header before it is written.</summary>
    public Action<HeaderBuilder>? Header { get; init; }

    /// <summary>Changes the signature header before it is written; is told the header, and header and payload.</summary>
    public Action<HeaderBuilder, byte[], byte[]>? Signature { get; init; }

    /// <summary>The archive, where it is not to be what the header says.</summary>
    public byte[]? Archive { get; init; }

    /// <summary>The payload as it is stored, where it is not to be the compressed archive.</summary>
    public byte[]? Payload { get; init; }

    public bool WithDigests { get; init; } = true;

    /// <summary>The bytes that precede a header.</summary>
    public static byte[] Magic => [0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0];

    /// <summary>Builds the package file.</summary>
    public byte[] Build()
    {
        var archive = Archive ?? MakeArchive();
        var payload = Payload ?? Compress(archive, Compressor);
        var header = MakeHeader(payload, archive);
        byte[] signed = [.. Magic, .. header];
        byte[] everything = [.. signed, .. payload];
        var signature = new HeaderBuilder();
        if (WithDigests)
        {
            AddDigests(signature, signed, everything, archive);
        }

        Signature?.Invoke(signature, signed, everything);
        byte[] signatureHeader = [.. Magic, .. signature.Build(RpmTag.HeaderSignatures)];
        return [.. MakeLead(), .. signatureHeader, .. new byte[(8 - (signatureHeader.Length % 8)) % 8], .. everything];
    }

    /// <summary>Builds the package file, and opens it.</summary>
    public RpmPackageFile Open() => RpmPackageFile.Read(Build(), $"{Name}.rpm");

    /// <summary>Compresses with the codec of a payload.</summary>
    public static byte[] Compress(byte[] data, string? compressor)
    {
        using var output = new MemoryStream();
        using (Stream stream = compressor switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(output, 3, leaveOpen: true),
            "bzip2" => SharpCompress.Compressors.BZip2.BZip2Stream.Create(output, SharpCompress.Compressors.CompressionMode.Compress, false, leaveOpen: true),
            _ => new BufferedStream(output),
        })
        {
            stream.Write(data);
            stream.Flush();
            return stream is BufferedStream ? data : Finish(stream, output);
        }
    }

    private static byte[] Finish(Stream stream, MemoryStream output)
    {
        stream.Dispose();
        return output.ToArray();
    }

    private static byte[] MakeLead()
    {
        var lead = new byte[96];
        byte[] start = [0xed, 0xab, 0xee, 0xdb, 3, 0];
        start.CopyTo(lead, 0);
        lead[79] = 5;
        return lead;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private void AddDigests(HeaderBuilder signature, byte[] signed, byte[] everything, byte[] archive)
    {
        signature.Add(RpmTag.Sha256Header, Hex(SHA256.HashData(signed)));
        if (Format >= 6)
        {
            signature.AddBytes(RpmSignatureTag.Reserved, new byte[16]);
            return;
        }

#pragma warning disable CA5350, CA5351 // What older packages carry.
        signature.Add(RpmTag.Sha1Header, Hex(SHA1.HashData(signed)));
        signature.AddBytes(RpmSignatureTag.Md5, MD5.HashData(everything));
#pragma warning restore CA5350, CA5351
        signature.AddInt32(RpmSignatureTag.Size, (uint)everything.Length);
        signature.AddInt32(RpmSignatureTag.PayloadSize, (uint)archive.Length);
        signature.AddBytes(RpmSignatureTag.ReservedSpace, new byte[32]);
    }

    private byte[] MakeHeader(byte[] payload, byte[] archive)
    {
        var header = new HeaderBuilder()
            .AddArray(RpmTag.HeaderI18NTable, "C")
            .Add(RpmTag.Name, Name)
            .Add(RpmTag.Version, Version)
            .Add(RpmTag.Release, Release)
            .AddTranslated(RpmTag.Summary, $"Says {Name}")
            .AddTranslated(RpmTag.Description, $"A package that says {Name}.")
            .AddInt32(RpmTag.BuildTime, 1_700_000_000)
            .Add(RpmTag.BuildHost, "builder.example.org")
            .AddInt32(RpmTag.Size, (uint)Files.Where(file => !file.Flags.HasFlag(RpmFileFlags.Ghost)).Sum(file => file.Size))
            .Add(RpmTag.License, "MIT")
            .AddTranslated(RpmTag.Group, "Unspecified")
            .Add(RpmTag.Os, "linux")
            .Add(RpmTag.Arch, Arch)
            .Add(RpmTag.SourceRpm, $"{Name}-{Version}-{Release}.src.rpm")
            .Add(RpmTag.RpmVersion, "4.18.0")
            .Add(RpmTag.PayloadFormat, "cpio")
            .Add(RpmTag.PayloadFlags, "9");
        if (Compressor is not null)
        {
            header.Add(RpmTag.PayloadCompressor, Compressor);
        }

        if (Format == 6)
        {
            header.AddInt32(RpmTag.RpmFormat, 6).Add(RpmTag.Encoding, "utf-8");
        }

        if (Format >= 4 && WithDigests)
        {
            header.AddArray(RpmTag.PayloadSha256, Hex(SHA256.HashData(payload)))
                .AddInt32(RpmTag.PayloadSha256Algorithm, 8)
                .AddArray(RpmTag.PayloadSha256Alt, Hex(SHA256.HashData(archive)));
        }

        AddFiles(header);
        AddDependencies(header);
        Header?.Invoke(header);
        return header.Build(Format == 3 ? 0 : RpmTag.HeaderImmutable);
    }

    private void AddDependencies(HeaderBuilder header)
    {
        (RpmDependencyKind, string, DependencyFlags, string)[] own = Format == 3
            ? []
            : [(RpmDependencyKind.Provides, Name, DependencyFlags.Equal, $"{Version}-{Release}")];
        foreach (var kind in own.Concat(Dependencies).GroupBy(dependency => dependency.Item1))
        {
            var (names, versions, flags) = kind.Key switch
            {
                RpmDependencyKind.Provides => (RpmTag.ProvideName, RpmTag.ProvideVersion, RpmTag.ProvideFlags),
                RpmDependencyKind.Requires => (RpmTag.RequireName, RpmTag.RequireVersion, RpmTag.RequireFlags),
                RpmDependencyKind.Conflicts => (RpmTag.ConflictName, RpmTag.ConflictVersion, RpmTag.ConflictFlags),
                RpmDependencyKind.Obsoletes => (RpmTag.ObsoleteName, RpmTag.ObsoleteVersion, RpmTag.ObsoleteFlags),
                RpmDependencyKind.Recommends => (RpmTag.RecommendName, RpmTag.RecommendVersion, RpmTag.RecommendFlags),
                RpmDependencyKind.Suggests => (RpmTag.SuggestName, RpmTag.SuggestVersion, RpmTag.SuggestFlags),
                RpmDependencyKind.Supplements => (RpmTag.SupplementName, RpmTag.SupplementVersion, RpmTag.SupplementFlags),
                _ => (RpmTag.EnhanceName, RpmTag.EnhanceVersion, RpmTag.EnhanceFlags),
            };
            header.AddArray(names, kind.Select(dependency => dependency.Item2))
                .AddArray(versions, kind.Select(dependency => dependency.Item4))
                .AddInt32(flags, kind.Select(dependency => (uint)dependency.Item3));
        }
    }

    private void AddFiles(HeaderBuilder header)
    {
        if (Files.Count == 0)
        {
            return;
        }

        if (Format == 3)
        {
            header.AddArray(RpmTag.OldFileNames, Files.Select(file => file.Path));
        }
        else
        {
            var folders = Files.Select(FolderOf).Distinct().ToList();
            header.AddArray(RpmTag.DirNames, folders)
                .AddInt32(RpmTag.DirIndexes, Files.Select(file => (uint)folders.IndexOf(FolderOf(file))))
                .AddArray(RpmTag.BaseNames, Files.Select(file => file.Path[FolderOf(file).Length..]));
        }

        AddFileDetails(header);
    }

    private void AddFileDetails(HeaderBuilder header)
    {
        var algorithm = Format == 3 ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256;
        header.AddInt16(RpmTag.FileModes, Files.Select(file => (ushort)file.Mode))
            .AddInt32(RpmTag.FileMtimes, Files.Select(file => file.Time))
            .AddArray(RpmTag.FileDigests, Files.Select(file => file.IsRegular && !file.Flags.HasFlag(RpmFileFlags.Ghost) ? Hex(CryptographicOperations.HashData(algorithm, file.Content)) : ""))
            .AddArray(RpmTag.FileLinkTos, Files.Select(file => file.LinkTarget))
            .AddInt32(RpmTag.FileFlags, Files.Select(file => (uint)file.Flags))
            .AddArray(RpmTag.FileUserName, Files.Select(file => file.User))
            .AddArray(RpmTag.FileGroupName, Files.Select(file => file.Group))
            .AddInt16(RpmTag.FileRdevs, Files.Select(file => file.Device))
            .AddInt32(RpmTag.FileVerifyFlags, Files.Select(_ => uint.MaxValue))
            .AddInt32(RpmTag.FileDevices, Files.Select(_ => 1u))
            .AddInt32(RpmTag.FileInodes, Files.Select((file, i) => file.Inode == 0 ? (uint)i + 1000 : file.Inode))
            .AddArray(RpmTag.FileLangs, Files.Select(file => file.Languages))
            .AddInt32(RpmTag.FileColors, Files.Select(file => file.Color));
        if (Files.Any(file => file.Capabilities.Length > 0))
        {
            header.AddArray(RpmTag.FileCaps, Files.Select(file => file.Capabilities));
        }

        if (Format == 6)
        {
            header.AddInt64(RpmTag.LongFileSizes, Files.Select(file => (ulong)file.Size));
        }
        else
        {
            header.AddInt32(RpmTag.FileSizes, Files.Select(file => (uint)file.Size));
        }

        if (Format >= 4)
        {
            header.AddInt32(RpmTag.FileDigestAlgorithm, 8);
        }
    }

    private static string FolderOf(TestFile file) => file.Path[..(file.Path.LastIndexOf('/') + 1)];

    private byte[] MakeArchive()
    {
        var archive = new CpioBuilder();
        for (var i = 0; i < Files.Count; i++)
        {
            var file = Files[i];
            if (file.Flags.HasFlag(RpmFileFlags.Ghost))
            {
                continue;
            }

            var isLast = file.Inode == 0 || !Files.Skip(i + 1).Any(other => other.Inode == file.Inode);
            var content = file.IsLink ? System.Text.Encoding.UTF8.GetBytes(file.LinkTarget) : isLast ? file.Content : [];
            if (Format == 6)
            {
                archive.AddIndexed(i, content);
            }
            else
            {
                archive.Add((file.Path.StartsWith('/') ? "." : "") + file.Path, content, file.Mode);
            }
        }

        return archive.Build();
    }
}
