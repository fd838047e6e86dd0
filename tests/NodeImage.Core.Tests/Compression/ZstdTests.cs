using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Compression;
using NodeImage.Core.Compression.Zstd;
using Compressor = ZstdSharp.Compressor;

namespace NodeImage.Core.Tests.Compression;

/// <summary>The system's decoder and the managed one must not be told apart by what they give.</summary>
public sealed class ZstdTests
{
    private const int WindowLogMax = 27;

    [Fact]
    public void Both_decoders_read_the_same_of_several_frames()
    {
        SkipWithoutLibrary();
        Prop.ForAll(Arb.From(Frames()), frames =>
        {
            var compressed = Join(frames.Select(Compress));
            return Native(compressed).SequenceEqual(Join(frames)) && Managed(compressed).SequenceEqual(Join(frames));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Data_that_is_cut_anywhere_is_damaged_to_both()
    {
        SkipWithoutLibrary();
        var compressed = Compress(Text(3_000));

        for (var length = 1; length < compressed.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Native(compressed[..length]));
            Assert.Throws<InvalidDataException>(() => Managed(compressed[..length]));
        }
    }

    [Fact]
    public void A_changed_byte_means_the_same_to_both()
    {
        SkipWithoutLibrary();
        var compressed = Compress(Text(20_000));
        var random = new System.Random(7);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var changed = compressed.ToArray();
            changed[random.Next(4, changed.Length)] ^= (byte)(1 << random.Next(8));
            var (native, managed) = (OrNull(() => Native(changed)), OrNull(() => Managed(changed)));
            Assert.Equal(native is null, managed is null);
            Assert.True(native is null || native.SequenceEqual(managed!));
            refused += native is null ? 1 : 0;
        }

        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public void A_window_that_is_too_large_is_refused()
    {
        SkipWithoutLibrary();

        // A frame header with a window of 2^31 bytes: RFC 8878, section 3.1.1.1.2.
        var frame = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 0xfd2fb528);
        frame[5] = (31 - 10) << 3;

        Assert.Throws<InvalidDataException>(() => Native(frame));
        Assert.Throws<InvalidDataException>(() => Managed(frame));
    }

    [Fact]
    public void A_large_content_comes_whole_through_small_and_odd_buffers()
    {
        SkipWithoutLibrary();
        var data = Text(400_000);
        using var stream = new NativeZstdStream(new MemoryStream(Compress(data)), WindowLogMax);
        var read = new List<byte>();
        var buffer = new byte[1013];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            read.AddRange(buffer.AsSpan(0, count));
        }

        Assert.Equal(data, read);
    }

    private static void SkipWithoutLibrary() => Assert.SkipUnless(NativeZstd.IsAvailable, "this system has no libzstd.so.1");

    private static Gen<byte[][]> Frames() => ArbMap.Default.GeneratorFor<byte[]>()
        .SelectMany(bytes => Gen.Choose(1, 9_000), (bytes, times) => bytes.Length == 0 ? [] : Enumerable.Range(0, times).Select(i => (byte)(bytes[i % bytes.Length] + (i / 700))).ToArray())
        .ArrayOf()
        .Where(frames => frames.Length is > 0 and < 8);

    private static byte[] Text(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)"the quick brown fox "[(int)(i * 7919L % 1013 % 20)])];

    private static byte[] Compress(byte[] data)
    {
        using var compressor = new Compressor(9);
        return compressor.Wrap(data).ToArray();
    }

    private static byte[] Native(byte[] compressed) => ReadAll(new NativeZstdStream(new MemoryStream(compressed), WindowLogMax));

    private static byte[] Managed(byte[] compressed) => ReadAll(new DamageReportingStream(() => Decompressor.OpenManagedZstd(new MemoryStream(compressed))));

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using var result = new MemoryStream();
            stream.CopyTo(result);
            return result.ToArray();
        }
    }

    private static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    private static byte[]? OrNull(Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
