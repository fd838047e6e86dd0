using System.Collections.Immutable;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Tests;

/// <summary>Configurations, manifests and histories.</summary>
public sealed class ImageConfigTests
{
    [Fact]
    public void A_configuration_is_read_as_it_was_written()
    {
        var config = new ImageConfig
        {
            Platform = new Platform("arm64"),
            Created = 1_700_000_001,
            Author = "someone",
            User = "1000:1000",
            Environment = ["PATH=/usr/bin", "A=b=c"],
            Entrypoint = ["/bin/sh", "-c"],
            Command = ["a \"b\""],
            WorkingDirectory = "/srv",
            StopSignal = "SIGRTMIN+3",
            ExposedPorts = ["80/tcp", "53/udp"],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("b", "ü").Add("a", ""),
            DiffIds = [Sha256Digest.Of("one"u8), Sha256Digest.Of("two"u8)],
            History = [new HistoryEntry(0, "first"), new HistoryEntry(5, "second", EmptyLayer: true) { Comment = "why" }],
        };
        var bytes = config.Write();
        var read = ImageConfig.Read(bytes);
        Assert.Equal(bytes, read.Write());
        Assert.Equal(config.History, read.History);
        Assert.Equal(config.DiffIds, read.DiffIds);
        Assert.Equal((config.Platform, config.Created, config.User, config.StopSignal), (read.Platform, read.Created, read.User, read.StopSignal));
    }

    [Fact]
    public void A_manifest_is_read_as_it_was_written()
    {
        var layer = new Descriptor(MediaTypes.LayerZstd, Sha256Digest.Of("layer"u8), 5) { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("x", "y") };
        var manifest = new ImageManifest(new Descriptor(MediaTypes.Config, Sha256Digest.Of("c"u8), 1), [layer]) { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v") };
        Assert.Equal(manifest.Write(), ImageManifest.Read(manifest.Write()).Write());
        Assert.Equal("y", ImageManifest.Read(manifest.Write()).Layers[0].Annotations["x"]);
    }

    [Theory]
    [InlineData("2024-02-29T12:00:00Z", 1_709_208_000)]
    [InlineData("2024-02-29T12:00:00.25Z", 1_709_208_000)]
    [InlineData("2024-02-29T14:00:00+02:00", 1_709_208_000)]
    [InlineData("yesterday", 0)]
    public void Times_are_read_to_the_second(string created, long seconds)
    {
        var config = $$$"""{"architecture":"amd64","os":"linux","created":"{{{created}}}","rootfs":{"type":"layers","diff_ids":[]}}""";
        Assert.Equal(seconds, ImageConfig.Read(System.Text.Encoding.UTF8.GetBytes(config)).Created);
    }
}
