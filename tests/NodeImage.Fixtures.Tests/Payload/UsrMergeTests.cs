using NodeImage.Fixtures.Payload;

namespace NodeImage.Fixtures.Tests.Payload;

public sealed class UsrMergeTests
{
    [Theory]
    [InlineData("/bin/sh", "/usr/bin/sh")]
    [InlineData("/lib64/ld.so", "/usr/lib64/ld.so")]
    [InlineData("/lib", "/usr/lib")]
    [InlineData("/library/x", "/library/x")]
    [InlineData("/usr/lib/x", "/usr/lib/x")]
    [InlineData("/etc/bin/x", "/etc/bin/x")]
    public void Top_level_folders_move_below_usr(string path, string merged) => Assert.Equal(merged, UsrMerge.Path(path));

    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libz.so.1", "libz.so.1.2", "libz.so.1.2")]
    [InlineData("/sbin/ip", "/bin/ip", "/bin/ip")]
    [InlineData("/lib/udev/rules", "../../usr/share/rules", "../../share/rules")]
    [InlineData("/usr/lib/a/b", "../../../lib/c", "../../../lib/c")]
    public void Links_lead_where_they_led_before(string path, string target, string merged) =>
        Assert.Equal(merged, UsrMerge.LinkTarget(path, target));

    [Theory]
    [InlineData("/usr/bin/less", "/bin/less")]
    [InlineData("/bin/less", "../usr/bin/less")]
    public void A_link_between_places_that_are_now_one_is_none(string path, string target) =>
        Assert.Null(UsrMerge.LinkTarget(path, target));
}
