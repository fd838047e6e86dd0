using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Tests.Registries;

public sealed class NamingTests
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("registry.example.com/team/node:9.6", "registry.example.com", "team/node", "9.6")]
    [InlineData("localhost/node", "localhost", "node", "latest")]
    [InlineData("host:5000/a/b/c", "host:5000", "a/b/c", "latest")]
    [InlineData("[::1]:5000/node:1", "[::1]:5000", "node", "1")]
    [InlineData("Registry.Example.com/node", "registry.example.com", "node", "latest")]
    [InlineData("fedora", "docker.io", "library/fedora", "latest")]
    [InlineData("team/node:1", "docker.io", "team/node", "1")]
    [InlineData("registry-1.docker.io/team/node", "docker.io", "team/node", "latest")]
    [InlineData("quay.io/team/node:9.6@" + Digest, "quay.io", "team/node", Digest)]
    public void A_reference_names_registry_repository_and_target(string text, string registry, string repository, string target)
    {
        var reference = ImageReference.Parse(text);
        Assert.Equal(registry, reference.Repository.Registry.ToString());
        Assert.Equal(repository, reference.Repository.Name);
        Assert.Equal(target, reference.Target);
        Assert.Equal(reference, ImageReference.Parse(reference.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/node")]
    [InlineData("registry.example.com/")]
    [InlineData("registry.example.com/Team/node")]
    [InlineData("registry.example.com/../node")]
    [InlineData("registry.example.com/a//b")]
    [InlineData("registry.example.com/node?x=1")]
    [InlineData("user@registry.example.com/node")]
    [InlineData("registry.example.com:0/node")]
    [InlineData("registry.example.com:99999/node")]
    [InlineData("[::1/node")]
    [InlineData("quay.io/node@sha256:12")]
    [InlineData("quay.io/node@SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("quay.io/node\n")]
    public void What_names_no_image_is_refused(string text) =>
        Assert.Equal("NI5104", Assert.Throws<DiagnosticException>(() => ImageReference.Parse(text)).Diagnostic.Code);

    [Theory]
    [InlineData("quay.io/node:")]
    [InlineData("quay.io/node:.x")]
    [InlineData("quay.io/node:a b")]
    public void What_is_no_tag_is_refused(string text) =>
        Assert.Equal("NI5105", Assert.Throws<DiagnosticException>(() => ImageReference.Parse(text)).Diagnostic.Code);

    [Fact]
    public void Names_are_at_most_255_characters_long()
    {
        var registry = RegistryName.Parse("quay.io");
        Assert.True(RegistryRepository.TryCreate(registry, new string('a', 247), out _));
        Assert.False(RegistryRepository.TryCreate(registry, new string('a', 248), out _));
        Assert.True(ImageReference.IsTag(new string('a', 128)));
        Assert.False(ImageReference.IsTag(new string('a', 129)));
    }

    [Theory]
    [InlineData("localhost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("localhost.example.com", false)]
    [InlineData("10.0.0.1", false)]
    public void Only_this_machine_is_loopback(string name, bool expected) => Assert.Equal(expected, RegistryName.Parse(name).IsLoopback);
}
