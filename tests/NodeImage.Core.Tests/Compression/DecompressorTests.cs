using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NodeImage.Core.Compression;

namespace NodeImage.Core.Tests.Compression;

public sealed class DecompressorTests
{
    // Large and uneven enough for several blocks and for every kind of match.
    private static readonly byte[] Data = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i * 7919 % 1013} {(i % 97 == 0 ? "\n" : "lines ")}")));

    public static TheoryData<string, string, CompressionFormat> Tools => new()
    {
        { "gzip", "-9 -c", CompressionFormat.Gzip },
        { "bzip2", "-c", CompressionFormat.Bzip2 },
        { "zstd", "-19 -c -q", CompressionFormat.Zstd },
        { "zstd", "-3 -c -q --no-check", CompressionFormat.Zstd },
        { "xz", "-c", CompressionFormat.Xz },
        { "xz", "-c -9 -C sha256", CompressionFormat.Xz },
        { "xz", "-c -0 -C none --block-size=50000", CompressionFormat.Xz },
        { "xz", "-c --lzma2=lc=0,lp=2,pb=0,dict=64KiB", CompressionFormat.Xz },
        { "xz", "-c --format=lzma", CompressionFormat.Lzma },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public void What_the_tools_compress_is_read(string tool, string arguments, CompressionFormat format)
    {
        var compressed = Compress(tool, arguments);

        Assert.Equal(format, Decompressor.Detect(compressed));
        Assert.Equal(Data, Read(compressed, format));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Data_that_ends_too_early_never_reads_as_whole(string tool, string arguments, CompressionFormat format)
    {
        var compressed = Compress(tool, arguments);

        foreach (var length in (int[])[6, 20, compressed.Length / 2, compressed.Length - 12])
        {
            byte[]? read = null;
            var error = Record.Exception(() => read = Read(compressed[..length], format));
            Assert.True(error is InvalidDataException || read?.Length < Data.Length, $"{length} of {compressed.Length} bytes: {error}");
        }
    }

    [Fact]
    public void A_dictionary_of_the_older_format_is_refused_when_it_is_too_large()
    {
        byte[] header = [0x5d, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0];

        var e = Assert.Throws<InvalidDataException>(() => Read(header, CompressionFormat.Lzma));

        Assert.Contains("dictionary", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_no_known_format_are_told_as_such() => Assert.Equal(CompressionFormat.None, Decompressor.Detect("<?xml version"u8));

    private static byte[] Read(byte[] compressed, CompressionFormat format)
    {
        using var stream = Decompressor.Open(new MemoryStream(compressed), format);
        using var result = new MemoryStream();
        stream.CopyTo(result);
        return result.ToArray();
    }

    private static byte[] Compress(string tool, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            using var result = new MemoryStream();
            var writing = Task.Run(
                () =>
                {
                    process.StandardInput.BaseStream.Write(Data);
                    process.StandardInput.Close();
                },
                TestContext.Current.CancellationToken);
            process.StandardOutput.BaseStream.CopyTo(result);
            writing.Wait(TestContext.Current.CancellationToken);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return result.ToArray();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{tool} is not installed");
            throw;
        }
    }
}
