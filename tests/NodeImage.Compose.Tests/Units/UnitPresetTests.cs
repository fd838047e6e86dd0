using NodeImage.Compose.Tests.Support;
using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Units;

public sealed class UnitPresetTests
{
    private const string Vendor = "/usr/lib/systemd/system";
    private const string Machine = "/etc/systemd/system";

    private readonly FileTree _tree = new();

    [Fact]
    public void All_units_are_as_the_presets_say()
    {
        Put(Vendor + "/a.service", "[Install]\nWantedBy=multi-user.target\n");
        Put(Vendor + "/b.service", "[Install]\nWantedBy=multi-user.target\nAlso=b.socket\n");
        Put(Vendor + "/b.socket", "[Install]\nWantedBy=sockets.target\n");
        Put(Vendor + "/static.service", "[Service]\n");
        Put(Vendor + "/masked.service", "");
        _tree.Put(Vendor + "/masked.service", Inode.SymbolicLink("/dev/null"));
        _tree.Put(Vendor + "/alias.service", Inode.SymbolicLink("a.service"));
        _tree.Put(Machine + "/sockets.target.wants/b.socket", Inode.SymbolicLink(Vendor + "/b.socket"));
        _tree.Put(Machine + "/b-alias.service", Inode.SymbolicLink(Vendor + "/b.service"));
        _tree.Put(Machine + "/x.target.wants/b-alias.service", Inode.SymbolicLink("../b-alias.service"));
        Put("/usr/lib/systemd/system-preset/90-x.preset", "# none\nenable a.service\ndisable *\n");
        Units().PresetAll(UnitScope.System);
        Assert.Equal([Machine + "/multi-user.target.wants/a.service -> " + Vendor + "/a.service"], DiskTree.Links(_tree, Machine, _ => true));
        Assert.Null(_tree.Find(Machine + "/x.target.wants"));
    }

    [Fact]
    public void A_rule_may_name_the_instances_of_a_template()
    {
        Put(Vendor + "/t@.service", "[Install]\nWantedBy=multi-user.target\n");
        Put("/etc/systemd/system-preset/10-x.preset", "enable t@.service one two\nenable a.service wrong\ndisable *\n");
        var units = Units();
        units.PresetAll(UnitScope.System);
        Assert.Equal(
            [$"{Machine}/multi-user.target.wants/t@one.service -> {Vendor}/t@.service", $"{Machine}/multi-user.target.wants/t@two.service -> {Vendor}/t@.service"],
            DiskTree.Links(_tree, Machine, _ => true));
        var presets = UnitPresets.Read(_tree, UnitScope.System);
        Assert.Equal(PresetAction.Enable, presets.Decide("t@one.service", out _));
        Assert.Equal(PresetAction.Disable, presets.Decide("t@three.service", out _));
        Assert.Equal(PresetAction.Disable, presets.Decide("a.service", out _));
    }

    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so", "/lib/systemd/system/a.service")]
    [InlineData("/usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-257.so", Vendor + "/a.service")]
    [InlineData("/usr/lib64/systemd/libsystemd-shared-252-32.el9_4.so", Vendor + "/a.service")]
    public void Links_name_the_vendors_folder_as_the_images_own_systemd_does(string library, string target)
    {
        Put(library, "");
        Put(Vendor + "/a.service", "[Install]\nWantedBy=multi-user.target\n");
        var units = Units();
        Assert.True(units.Enable(UnitScope.System, "a.service", Machine));
        Assert.Equal(target, _tree.Find(Machine + "/multi-user.target.wants/a.service")!.Inode.LinkTarget);
        Assert.True(units.Enable(UnitScope.System, "a.service", Vendor));
        Assert.Equal("../a.service", _tree.Find(Vendor + "/multi-user.target.wants/a.service")!.Inode.LinkTarget);
    }

    private UnitEnabler Units() => new(_tree, 0);

    private void Put(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text)));
}
