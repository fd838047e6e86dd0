using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz.Targets;

/// <summary>Compressed data of every kind.</summary>
internal sealed class CompressionTarget : Target
{
    private const string Xz = "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AD3ADpdABgN3QRjnHIbdqHAKPF1LqvuwTAI56nLUm878USyoN7FPdyPAE/F5lPeSeQdsHrr5Yrr2aHpTw3yKAAAAAAiyZuLPMsFdopQv0CdikIeG4hKib8yFCsahB/TUlZxrwABbvgBAAAADsZTMbbp3xwCAAAAAApZWg==";
    private const string Lzma = "XQAAgAD//////////wAYDd0EY5xyG3ahwCjxdS6r7sEwCOepy1JvO/FEsqDexT3cjwBPxeZT3knkHbB66+WK69mh6U8VxakY//wecAA=";

    private static readonly byte[] Text = [.. Enumerable.Range(0, 40_000).Select(i => (byte)(i * i % 251))];

    public override string Name => "compression";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        RpmBuilder.Compress(Text, "gzip"), RpmBuilder.Compress(Text, "zstd"), RpmBuilder.Compress(Text, "bzip2"), Convert.FromBase64String(Xz), Convert.FromBase64String(Lzma),
        .. Real("*.xml.gz", "*.xml.zst", "*.bz2", "*.xz"),
    ];

    public override void Read(byte[] input)
    {
        var path = Path.Combine(Path.GetTempPath(), $"nodeimage-fuzz-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(path, input);
            var entry = new RepositoryIndexEntry { Type = "fuzz", Location = "fuzz", OpenSize = 64 * 1024 * 1024 };
            var buffer = new byte[64 * 1024];
            MetadataFile.Read(path, "fuzz", entry, stream =>
            {
                var total = 0L;
                int read;
                while ((read = stream.Read(buffer)) > 0)
                {
                    total += read;
                }

                return total;
            });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
