using NodeImage.Compose.Engines.RpmOstree;

namespace NodeImage.Compose.Tests.Engines.RpmOstree;

/// <summary>What rpm-ostree says when it fails becomes a code and what to do, and its words are kept.</summary>
public sealed class RpmOstreeFailureTests
{
    [Theory]
    [InlineData("error: Packages not found: kmod-nvidia, xorg-x11-drv-nvidia", "NI3903", "RpmPackage", "kmod-nvidia")]
    [InlineData("error: Installing packages: No matches for 'my-unique-rpm' in repo 'my-custom-repo'", "NI3903", "RpmPackage", "my-unique-rpm")]
    [InlineData("error: No package matches 'atomic'", "NI3903", "RpmPackage", "atomic")]
    [InlineData("Running posttrans scripts... done\nerror: Package 'glibc' has (currently) unsupported <lua> script in '%posttrans'", "NI3904", null, "glibc")]
    [InlineData("error: Failed to load YAML treefile: unknown field `readonly-executable`, expected one of `packages`", "NI3906", "TreefileField", "readonly-executable")]
    [InlineData("error: bwrap: No permissions to create new namespace, likely because the kernel does not allow it", "NI3905", null, "namespace")]
    [InlineData("error: During kernel processing: bwrap(rpmostree-dracut-wrapper): Child process killed by signal 1", "NI3902", null, "killed by signal 1")]
    [InlineData("", "NI3902", null, "exit status 1")]
    public void A_failure_has_a_code(string words, string code, string? itemType, string told)
    {
        var diagnostic = RpmOstreeFailure.Of("rpm-ostree", "composing the image", 1, words).Diagnostic;
        Assert.Equal((code, itemType), (diagnostic.Code, diagnostic.Subject?.ItemType));
        Assert.Contains(told, diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(words, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_is_named_alone() =>
        Assert.Equal("kmod-nvidia", RpmOstreeFailure.Of("rpm-ostree", "", 1, "error: Packages not found: kmod-nvidia, other").Diagnostic.Subject!.Identity);
}
