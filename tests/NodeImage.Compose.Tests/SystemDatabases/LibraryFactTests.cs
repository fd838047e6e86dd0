using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.SystemDatabases.LibraryCache;
using NodeImage.Compose.Tests.Support;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class LibraryFactTests
{
    private static readonly LibraryFactReader Reader = new();

    [Theory]
    [InlineData(62, true, false)]
    [InlineData(62, false, false)]
    [InlineData(3, false, false)]
    [InlineData(183, true, false)]
    [InlineData(22, true, true)]
    [InlineData(21, true, false)]
    public void A_library_of_any_machine_is_read(ushort machine, bool is64, bool isBigEndian)
    {
        var fact = Read(new TinyLibrary { Machine = machine, Is64 = is64, IsBigEndian = isBigEndian, Soname = "libx.so.1", Needed = ["libc.so.6"], Kernel = [3, 2, 7] }.Write());
        Assert.Equal(
            new LibraryFact { IsLibrary = true, Machine = machine, Is64 = is64, IsBigEndian = isBigEndian, Soname = "libx.so.1", NeedsGlibc = true, KernelVersion = 0x00030207 },
            fact);
    }

    [Fact]
    public void The_highest_level_of_instructions_that_is_needed_counts()
    {
        Assert.Equal(2, Read(new TinyLibrary { Soname = "x", IsaNeeded = 0b111 }.Write()).IsaLevel);
        Assert.Equal(0, Read(new TinyLibrary { Soname = "x", IsaNeeded = 0 }.Write()).IsaLevel);
        Assert.Equal(0, Read(new TinyLibrary { Soname = "x", IsaNeeded = 4, Machine = 183 }.Write()).IsaLevel);
    }

    [Fact]
    public void A_program_or_a_text_is_no_library()
    {
        Assert.Equal(LibraryFact.None, Read(new TinyLibrary { Type = 2, Soname = "libx.so.1" }.Write()));
        Assert.Equal(LibraryFact.None, Read("/* GNU ld script */ GROUP ( libx.so.1 )"u8.ToArray()));
        Assert.Equal(LibraryFact.None, Read([]));
    }

    [Fact]
    public void A_fact_comes_back_as_it_was_written()
    {
        foreach (var library in new[] { new TinyLibrary { Soname = "lib\u00e4.so", IsaNeeded = 8, Kernel = [2, 6, 32], Flags = 0x5000400 }, new TinyLibrary(), new TinyLibrary { Type = 1 } })
        {
            var fact = Read(library.Write());
            var stream = new MemoryStream();
            Reader.Write(new BinaryWriter(stream), fact);
            stream.Position = 0;
            Assert.Equal(fact, Reader.Read(new BinaryReader(stream)));
            Assert.Equal(stream.Length, stream.Position);
        }
    }

    [Fact]
    public void No_damage_does_more_than_change_the_answer()
    {
        var damage = from is64 in ArbMap.Default.GeneratorFor<bool>()
                     from isBigEndian in ArbMap.Default.GeneratorFor<bool>()
                     from cut in Gen.Choose(0, 1000)
                     from places in Gen.ListOf(Gen.Two(Gen.Choose(0, 999)))
                     select Damage(new TinyLibrary { Is64 = is64, IsBigEndian = isBigEndian, Soname = "libx.so.1", Needed = ["libc.so.6"], Kernel = [3, 2, 0], IsaNeeded = 1, Interpreter = "/lib/ld-linux.so.2" }.Write(), cut, places);
        Prop.ForAll(damage.ToArbitrary(), bytes =>
        {
            var fact = Read(bytes);
            return fact.IsLibrary || fact == LibraryFact.None || fact == LibraryFact.TooLarge;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Sizes_that_a_file_only_claims_cost_no_memory()
    {
        var bytes = new TinyLibrary { Soname = "libx.so.1" }.Write();

        // The dynamic segment's place: far behind the end.
        Assert.True(BitConverter.TryWriteBytes(bytes.AsSpan(64 + 56 + 8), 0x7fff_ffff_ffffL));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(LibraryFact.None, Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Damage(byte[] bytes, int cut, IEnumerable<(int Place, int Value)> places)
    {
        foreach (var (place, value) in places)
        {
            bytes[place % bytes.Length] = (byte)(value % 4 == 0 ? 0xff : value);
        }

        return bytes[..Math.Min(bytes.Length, cut)];
    }

    private static LibraryFact Read(byte[] bytes) => Reader.Read(new MemoryStream(bytes), bytes.Length);
}
