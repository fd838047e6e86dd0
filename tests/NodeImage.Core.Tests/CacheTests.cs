using System.Text;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Json;

namespace NodeImage.Core.Tests;

public sealed class CacheTests
{
    private static readonly Sha256Digest Key = Sha256Digest.Of("key"u8);

    [Fact]
    public void An_entry_is_found_until_it_is_removed()
    {
        using var folder = new TemporaryFolder();
        var cache = new ContentCache(folder.Root, TimeProvider.System);
        Assert.Null(cache.Find("kind-1", Key));
        var path = cache.Add("kind-1", Key, stream => stream.Write("content"u8));
        Assert.Equal(path, cache.Find("kind-1", Key));
        Assert.Null(cache.Find("kind-2", Key));
        cache.Remove("kind-1", Key);
        Assert.Null(cache.Find("kind-1", Key));
    }

    [Fact]
    public void A_writer_that_fails_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var cache = new ContentCache(folder.Root, TimeProvider.System);
        Assert.Throws<IOException>(() => cache.Add("kind-1", Key, _ => throw new IOException("no")));
        using (cache.Begin("kind-1", Key))
        {
        }

        Assert.Empty(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_document_is_as_good_as_none()
    {
        using var folder = new TemporaryFolder();
        var cache = new ContentCache(folder.Root, TimeProvider.System);
        cache.AddDocument("doc-1", Key, "content"u8.ToArray());
        Assert.Equal("content", Encoding.UTF8.GetString(cache.FindDocument("doc-1", Key)!));
        var path = cache.Find("doc-1", Key)!;
        var bytes = File.ReadAllBytes(path);
        bytes[2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Null(cache.FindDocument("doc-1", Key));
        Assert.Null(cache.Find("doc-1", Key));
    }

    [Fact]
    public void What_has_gone_unused_the_longest_is_trimmed_first()
    {
        using var folder = new TemporaryFolder();
        var clock = new SteppingClock();
        var cache = new ContentCache(folder.Root, clock);
        var keys = Enumerable.Range(0, 4).Select(i => Sha256Digest.Of([(byte)i])).ToArray();
        foreach (var key in keys)
        {
            cache.Add("kind-1", key, stream => stream.Write(new byte[100]));
            cache.Find("kind-1", key);
        }

        cache.Find("kind-1", keys[0]);
        Assert.Equal(200, cache.Trim(250));
        Assert.NotNull(cache.Find("kind-1", keys[0]));
        Assert.Null(cache.Find("kind-1", keys[1]));
        Assert.Null(cache.Find("kind-1", keys[2]));
        Assert.NotNull(cache.Find("kind-1", keys[3]));
    }

    [Fact]
    public void What_another_build_is_writing_is_not_trimmed_until_it_is_abandoned()
    {
        using var folder = new TemporaryFolder();
        var cache = new ContentCache(folder.Root, TimeProvider.System);
        using var pending = cache.Begin("kind-1", Key);
        var fetched = Path.Combine(cache.Incoming, "build", "file");
        var abandoned = Path.Combine(cache.Incoming, "killed", "file");
        foreach (var path in new[] { fetched, abandoned })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, new byte[100]);
        }

        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddDays(-3));
        cache.Add("kind-2", Key, stream => stream.Write(new byte[100]));
        var unfinished = Directory.GetFiles(folder.Root, ".*", SearchOption.AllDirectories).Length;
        Assert.Equal(200, cache.Trim(0));
        Assert.True(File.Exists(fetched));
        Assert.False(File.Exists(abandoned));
        Assert.Null(cache.Find("kind-2", Key));
        Assert.Equal(unfinished, Directory.GetFiles(folder.Root, ".*", SearchOption.AllDirectories).Length);
        Assert.Equal(0, new ContentCache(folder["gone"], TimeProvider.System).Trim(0));
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllBytes(folder["f"], "old"u8.ToArray());
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["f"], stream =>
        {
            stream.Write("new"u8);
            throw new IOException("no");
        }));
        Assert.Equal("old", File.ReadAllText(folder["f"]));
        Assert.Single(Directory.GetFiles(folder.Root));
        Assert.False(AtomicFile.WriteWhenDifferent(folder["f"], "old"u8.ToArray()));
        Assert.True(AtomicFile.WriteWhenDifferent(folder["f"], "new"u8.ToArray()));
    }

    [Fact]
    public void Canonical_json_has_one_form()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse("""{"b":[3,{"z":null,"a":"<ü>"}],"a":true}""");
        Assert.Equal("""{"a":true,"b":[3,{"a":"<ü>","z":null}]}""", Encoding.UTF8.GetString(CanonicalJson.WriteCompact(json)));
        Assert.Equal("{\n  \"a\": true\n}\n", Encoding.UTF8.GetString(CanonicalJson.Write(System.Text.Json.Nodes.JsonNode.Parse("""{"a":true}"""))));
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", true)]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", false)]
    [InlineData("sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false)]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e", false)]
    [InlineData(null, false)]
    public void Digests_are_read_strictly(string? text, bool valid)
    {
        Assert.Equal(valid, Sha256Digest.TryParse(text, out var digest));
        Assert.True(!valid || digest == Sha256Digest.Of([]));
    }

    private sealed class SteppingClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromMinutes(1);
    }
}
