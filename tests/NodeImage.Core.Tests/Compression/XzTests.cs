using NodeImage.Core.Compression;

namespace NodeImage.Core.Tests.Compression;

public sealed class XzTests
{
    private static readonly byte[] Data = "The quick brown fox jumps over the lazy dog."u8.ToArray();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void Blocks_are_read_whatever_checks_them(byte check) =>
        Assert.Equal([.. Data, .. Data], Read(new XzBuilder(check).Block(Data).Block(Data).Build()));

    [Fact]
    public void Streams_that_follow_each_other_are_read_as_one()
    {
        var one = new XzBuilder().Block(Data).Build();

        Assert.Equal([.. Data, .. Data], Read([.. one, 0, 0, 0, 0, .. one, 0, 0, 0, 0]));
    }

    [Fact]
    public void A_stream_without_blocks_is_empty() => Assert.Empty(Read(new XzBuilder().Build()));

    [Fact]
    public void Any_changed_byte_is_refused()
    {
        var whole = new XzBuilder { AnnouncedSize = (byte)Data.Length }.Block(Data).Build();

        for (var i = 0; i < whole.Length; i++)
        {
            foreach (var change in (byte[])[0x01, 0x80, 0xff])
            {
                var changed = whole.ToArray();
                changed[i] ^= change;
                Assert.Throws<InvalidDataException>(() => Read(changed));
            }
        }
    }

    [Fact]
    public void A_file_that_ends_too_early_is_refused_wherever_it_ends()
    {
        var whole = new XzBuilder().Block(Data).Build();

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
        }
    }

    [Fact]
    public void An_index_that_tells_of_fewer_blocks_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read(new XzBuilder().Block(Data).Block(Data).Build(blocksMissingInIndex: 1)));

    [Fact]
    public void A_block_of_another_size_than_announced_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read(new XzBuilder { AnnouncedSize = 5 }.Block(Data).Build()));

    [Fact]
    public void A_filter_other_than_lzma2_is_named_as_unsupported()
    {
        var e = Assert.Throws<InvalidDataException>(() => Read(new XzBuilder { Filter = 4 }.Block(Data).Build()));

        Assert.Contains("not supported", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_an_unknown_kind_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read(new XzBuilder(check: 2).Block(Data).Build()));

    // 28 stands for 64 MiB, as much as xz asks for at its highest level; 30 for 128 MiB.
    [Theory]
    [InlineData(28, true)]
    [InlineData(30, false)]
    [InlineData(39, false)]
    [InlineData(40, false)]
    [InlineData(41, false)]
    public void A_dictionary_is_refused_when_it_is_larger_than_packagers_make_them(byte dictionary, bool accepted)
    {
        var file = new XzBuilder { Dictionary = dictionary }.Block(Data).Build();

        if (accepted)
        {
            Assert.Equal(Data, Read(file));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => Read(file));
        }
    }

    [Fact]
    public void A_large_dictionary_in_a_later_block_is_refused_too()
    {
        var first = new XzBuilder().Block(Data).Build();
        var second = new XzBuilder { Dictionary = 39 }.Block(Data).Build();

        Assert.Throws<InvalidDataException>(() => Read([.. first, .. second]));
    }

    private static byte[] Read(byte[] file)
    {
        using var stream = Decompressor.Open(new MemoryStream(file), CompressionFormat.Xz);
        using var result = new MemoryStream();
        stream.CopyTo(result);
        return result.ToArray();
    }
}
