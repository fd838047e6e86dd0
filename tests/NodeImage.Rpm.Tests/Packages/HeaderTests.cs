using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Packages;

public sealed class HeaderTests
{
    private const RpmTag Unknown = (RpmTag)70000;

    [Fact]
    public void Numbers_strings_and_bytes_come_back_as_they_were_written()
    {
        var blob = new HeaderBuilder()
            .Add(RpmTag.Name, "hello")
            .AddTranslated(RpmTag.Summary, "Says hello", "Sagt Hallo")
            .AddArray(RpmTag.DirNames, "/usr/bin/", "/usr/share/")
            .AddInt16(RpmTag.FileModes, 0x81a4, 0xffff)
            .AddInt32(RpmTag.FileMtimes, 0, uint.MaxValue)
            .AddInt64(RpmTag.LongFileSizes, 1, ulong.MaxValue)
            .AddBytes(RpmTag.SigMd5, [1, 2, 3])
            .Build();

        var header = Parse(blob);

        Assert.Equal("hello", header.GetString(RpmTag.Name));
        Assert.Equal("Says hello", header.GetString(RpmTag.Summary));
        Assert.Equal(["Says hello", "Sagt Hallo"], header.GetStrings(RpmTag.Summary));
        Assert.Equal(["/usr/bin/", "/usr/share/"], header.GetStrings(RpmTag.DirNames));
        Assert.Equal([0x81a4, 0xffff], header.GetUInt16s(RpmTag.FileModes));
        Assert.Equal([0, uint.MaxValue], header.GetUInt32s(RpmTag.FileMtimes));
        Assert.Equal([1, ulong.MaxValue], header.GetUInt64s(RpmTag.LongFileSizes));
        Assert.Equal([1, 2, 3], header.GetBytes(RpmTag.SigMd5).ToArray());
        Assert.Equal(0xffffUL, Parse(new HeaderBuilder().AddInt16(RpmTag.FileModes, 0xffff).Build()).GetNumber(RpmTag.FileModes));
    }

    [Fact]
    public void What_is_not_there_or_of_another_type_is_nothing()
    {
        var header = Parse(new HeaderBuilder().Add(RpmTag.Name, "hello").AddInt32(RpmTag.Size, 1).Build());

        Assert.Null(header.GetString(RpmTag.Version));
        Assert.Null(header.GetString(RpmTag.Size));
        Assert.Null(header.GetNumber(RpmTag.Name));
        Assert.Empty(header.GetUInt16s(RpmTag.Size));
        Assert.Empty(header.GetUInt64s(RpmTag.Size));
        Assert.Empty(header.GetStrings(RpmTag.Size));
        Assert.True(header.GetBytes(RpmTag.Name).IsEmpty);
        Assert.False(header.Contains(RpmTag.HeaderImmutable));
    }

    [Fact]
    public void Strings_that_are_not_utf8_are_read_as_latin1()
    {
        var header = Parse(new HeaderBuilder().Add(RpmTag.Vendor, RpmTagType.String, 1, [0x47, 0xfc, 0x6e, 0]).Add(RpmTag.Packager, "Gün").Build());

        Assert.Equal("Gün", header.GetString(RpmTag.Vendor));
        Assert.Equal("Gün", header.GetString(RpmTag.Packager));
    }

    [Fact]
    public void Any_header_that_is_written_is_read()
    {
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => value.Get.Replace("\0", "", StringComparison.Ordinal));
        var entries = Gen.OneOf(
            text.Select(value => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.Add(tag, value))),
            text.NonEmptyListOf().Select(values => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.AddArray(tag, values))),
            ArbMap.Default.GeneratorFor<ushort>().NonEmptyListOf().Select(values => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.AddInt16(tag, values))),
            ArbMap.Default.GeneratorFor<uint>().NonEmptyListOf().Select(values => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.AddInt32(tag, values))),
            ArbMap.Default.GeneratorFor<ulong>().NonEmptyListOf().Select(values => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.AddInt64(tag, values))),
            ArbMap.Default.GeneratorFor<byte>().NonEmptyListOf().Select(values => (Action<HeaderBuilder, RpmTag>)((header, tag) => header.AddBytes(tag, [.. values]))));

        Prop.ForAll(entries.ListOf().ToArbitrary(), list =>
        {
            var builder = new HeaderBuilder();
            for (var i = 0; i < list.Count; i++)
            {
                list[i](builder, (RpmTag)(70000 + i));
            }

            var blob = builder.Build();
            var header = Parse(blob);
            Assert.Equal(list.Count, header.Entries.Count);

            var copy = new HeaderBuilder();
            foreach (var entry in header.Entries)
            {
                copy.Add(entry.Tag, entry.Type, entry.Count, header.GetData(entry).ToArray());
            }

            Assert.Equal(blob, copy.Build());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_header_cut_off_anywhere_is_refused()
    {
        var blob = new HeaderBuilder().Add(RpmTag.Name, "hello").AddInt32(RpmTag.Size, 1).Build();

        for (var length = 0; length < blob.Length; length++)
        {
            var cut = blob[..length];
            Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(cut));
        }
    }

    [Theory]
    [InlineData(RpmTagType.Int32, 0, 0)] // No items.
    [InlineData(RpmTagType.Int32, 0, -1)]
    [InlineData(RpmTagType.Int32, 2, 1)] // Not aligned.
    [InlineData(RpmTagType.Int32, -4, 1)]
    [InlineData(RpmTagType.Int32, 1000, 1)] // Outside.
    [InlineData(RpmTagType.Int32, 0, 3)] // Too long.
    [InlineData(RpmTagType.Int32, 0, 0x40000001)] // The size overflows.
    [InlineData(RpmTagType.String, 0, 2)] // A string is one.
    [InlineData(RpmTagType.StringArray, 0, 9)] // Too few zeros.
    [InlineData(RpmTagType.Null, 0, 1)]
    [InlineData((RpmTagType)10, 0, 1)]
    [InlineData((RpmTagType)(-1), 0, 1)]
    public void An_entry_outside_its_bounds_is_refused(RpmTagType type, int offset, int count)
    {
        byte[] data = [0, 0, 0, 1, 0, 0, 0, 2];
        byte[] blob = [.. HeaderBuilder.Number(1), .. HeaderBuilder.Number(data.Length), .. HeaderBuilder.Entry(70000, type, offset, count), .. data];

        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(blob));
    }

    [Fact]
    public void Data_with_gaps_or_overlaps_is_refused()
    {
        byte[] data = [0, 0, 0, 1, 0, 0, 0, 2];
        byte[] sound = WithTwo(0, 4, data);
        byte[] overlapping = WithTwo(0, 0, data);
        byte[] withGap = WithTwo(0, 8, [.. data, 0, 0, 0, 3]);
        byte[] withRest = WithTwo(0, 4, [.. data, 0]);

        Assert.Equal(2UL, Parse(sound).GetNumber((RpmTag)70001));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(overlapping));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(withGap));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(withRest));
    }

    [Fact]
    public void A_known_entry_of_another_type_is_refused_in_a_signed_header_only()
    {
        var mistyped = new HeaderBuilder().AddInt32(RpmTag.Name, 1);
        var otherString = new HeaderBuilder().AddArray(RpmTag.Name, "hello");

        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(mistyped.Build()));
        Assert.Null(Parse(mistyped.Build(region: 0)).GetString(RpmTag.Name));
        Assert.Equal("hello", Parse(otherString.Build()).GetString(RpmTag.Name));
    }

    [Fact]
    public void Entries_and_data_beyond_what_any_package_has_are_refused_unread()
    {
        byte[] entries = [0, 1, 0, 0, 0, 0, 0, 0];
        byte[] data = [0, 0, 0, 1, 0x10, 0, 0, 0];
        byte[] signature = [0, 0, 0, 33, 0, 0, 0, 0];

        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(entries));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(data));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => RpmHeader.Parse(signature, RpmHeaderKind.Signature, "test"));
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(new byte[8]));
    }

    [Theory]
    [InlineData(8, 1)] // The region's tag.
    [InlineData(12, 1)] // Its type.
    [InlineData(16, 1)] // Its offset.
    [InlineData(20, 1)] // Its size.
    [InlineData(-16, 4)] // The trailer's tag.
    [InlineData(-12, 4)] // Its type.
    [InlineData(-8, 4)] // Its offset.
    [InlineData(-4, 4)] // Its size.
    public void A_region_that_contradicts_itself_is_refused(int position, int width)
    {
        var blob = new HeaderBuilder().Add(Unknown, "hello").Build();
        for (var i = 0; i < width; i++)
        {
            var changed = (byte[])blob.Clone();
            changed[position < 0 ? blob.Length + position + i : position + i] ^= 0x01;

            Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(changed));
        }
    }

    [Fact]
    public void What_lies_outside_the_region_counts_only_in_a_database()
    {
        var package = new HeaderBuilder().Add(RpmTag.Name, "hello").Add(RpmTag.OldFileNames, "/old").Build();
        var installed = Append(package, RpmTag.Name, [.. "other"u8, 0]);
        var moved = Append(package, RpmTag.BaseNames, [.. "new"u8, 0]);

        Refusal.Of(PackageDiagnostics.MalformedHeader, () => Parse(installed));
        Assert.Equal("other", RpmHeader.Parse(installed, RpmHeaderKind.Installed, "test").GetString(RpmTag.Name));
        Assert.False(RpmHeader.Parse(moved, RpmHeaderKind.Installed, "test").Contains(RpmTag.OldFileNames));
    }

    private static byte[] Append(byte[] blob, RpmTag tag, byte[] data)
    {
        var count = blob[3];
        var index = 8 + (count * 16);
        var length = blob.Length - index;
        return
        [
            .. HeaderBuilder.Number(count + 1), .. HeaderBuilder.Number(length + data.Length), .. blob[8..index],
            .. HeaderBuilder.Entry((int)tag, RpmTagType.String, length, 1), .. blob[index..], .. data,
        ];
    }

    private static byte[] WithTwo(int first, int second, byte[] data) =>
    [
        .. HeaderBuilder.Number(2), .. HeaderBuilder.Number(data.Length), .. HeaderBuilder.Entry(70000, RpmTagType.Int32, first, 1),
        .. HeaderBuilder.Entry(70001, RpmTagType.Int32, second, 1), .. data,
    ];

    private static RpmHeader Parse(byte[] blob) => RpmHeader.Parse(blob, RpmHeaderKind.Package, "test");
}
