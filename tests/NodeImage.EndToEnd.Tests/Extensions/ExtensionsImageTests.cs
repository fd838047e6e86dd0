using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Extensions;

/// <summary>The extensions of the samples are what OpenShift's tools and dnf expect of them.</summary>
public sealed class ExtensionsImageTests(SampleImages images) : IDisposable
{
    private const string Folder = "/usr/share/rpm-ostree/extensions";
    private const string ListPath = "/usr/share/rpm-ostree/extensions.json";

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-e2e-").FullName;

    private LayoutReader Image => new(images.ExtensionsLayout);

    [Fact]
    public void The_last_layer_holds_the_list_and_nothing_else()
    {
        var last = Image.Entries(Image.Layers[^1]);
        Assert.Equal(ListPath, Assert.Single(last, entry => entry.IsFile).Path);
        Assert.DoesNotContain(Image.Layers.SkipLast(1).SelectMany(Image.Entries), entry => entry.Path == ListPath);
    }

    [Fact]
    public void It_stands_on_nothing_and_says_what_it_is()
    {
        Assert.All(Image.Layers.SelectMany(Image.Entries).Where(entry => entry.IsFile), entry => Assert.StartsWith("/usr/share/rpm-ostree/extensions", entry.Path, StringComparison.Ordinal));
        var config = Image.Config["config"]!.AsObject();
        Assert.Equal("true", (string)config["Labels"]!["io.openshift.os.extensions"]!);
        Assert.DoesNotContain("containers.bootc", config["Labels"]!.AsObject().Select(label => label.Key));
        Assert.False(config.ContainsKey("Cmd") || config.ContainsKey("StopSignal"));
        Assert.Equal((string)new LayoutReader(images.NodeLayout).Config["config"]!["Labels"]!["org.opencontainers.image.version"]!, (string)config["Labels"]!["org.opencontainers.image.version"]!);
    }

    [Fact]
    public void The_list_is_what_dnf_says_of_the_repository()
    {
        Command.Require("dnf", "skopeo");
        Unpack();
        var list = JsonNode.Parse(File.ReadAllBytes(_folder + ListPath))!.AsObject();
        var asked = Dnf("--forcearch=x86_64", "repoquery", "--queryformat=%{name} %{evr}.%{arch}\\n").Lines();
        Assert.Equal(asked.Where(line => line.Length > 0).Distinct().Order(StringComparer.Ordinal), list.Select(member => $"{member.Key} {member.Value}").Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string> { "libreswan", "usbguard", "sysstat", "krb5-workstation", "kernel-core" }, list.Select(member => member.Key).ToHashSet());
    }

    [Fact]
    public void Createrepo_makes_the_same_repository_of_the_packages()
    {
        Command.Require("createrepo_c", "dnf");
        Unpack();
        const string Format = "%{name} %{epoch} %{version} %{release} %{arch} %{location} %{size} %{installsize} %{buildtime} %{license} %{vendor} %{sourcerpm}|%{summary}|%{description}|%{provides}|%{requires}|%{conflicts}|%{obsoletes}|%{recommends}|%{files}\\n";
        var ours = Dnf("--forcearch=x86_64", "repoquery", $"--queryformat={Format}").Succeeded();
        Command.Run("createrepo_c", "--quiet", _folder + Folder).Succeeded();
        Assert.Equal(Dnf("--refresh", "--forcearch=x86_64", "repoquery", $"--queryformat={Format}").Succeeded(), ours);
    }

    [Fact]
    public void Dnf_installs_extensions_on_a_node_and_changes_nothing_of_it()
    {
        Command.RequireRoot();
        Command.Require("dnf", "rpm", "umoci");
        Unpack();
        var root = Path.Combine(_folder, "node");
        Command.Run("cp", "-a", images.NodeRoot, root).Succeeded();
        var before = Packages(root);
        string[] names = ["libreswan", "sysstat", "krb5-workstation"];
        Dnf([$"--installroot={root}", "--nogpgcheck", "--setopt=tsflags=noscripts", "--assumeyes", "install", .. names]).Succeeded();

        // The fixture's usbguard and polkit disagree about a folder below /var, which rpm does not overlook; what it needs is there.
        Dnf($"--installroot={root}", "--nogpgcheck", "--downloadonly", "--assumeyes", "install", "usbguard").Succeeded();
        var after = Packages(root);
        Assert.Empty(before.Except(after));
        var list = JsonNode.Parse(File.ReadAllBytes(_folder + ListPath))!.AsObject().Select(member => $"{member.Key} {member.Value}").ToHashSet();
        Assert.Subset(list, after.Except(before).ToHashSet());
        Assert.Superset(names.ToHashSet(), after.Except(before).Select(line => line.Split(' ')[0]).ToHashSet());
    }

    public void Dispose() => Command.Run("rm", "-rf", "--one-file-system", _folder);

    private static IReadOnlyList<string> Packages(string root) =>
        Command.Run("rpm", "--root", root, "--dbpath", "/usr/share/rpm", "-qa", "--qf", "%{NAME} %{EVR}.%{ARCH}\n").Lines();

    // Where rpm's database is in a node its own macros tell, which dnf of another machine does not read.
    private CommandResult Dnf(params IEnumerable<string> arguments)
    {
        File.WriteAllText(Path.Combine(_folder, ".rpmmacros"), "%_dbpath /usr/share/rpm\n");
        return Command.Run("dnf", ["--quiet", "--noplugins", "--releasever=9", $"--setopt=cachedir={_folder}/dnf", "--setopt=reposdir=/nonexistent", $"--repofrompath=extensions,{_folder}{Folder}", "--repo=extensions", .. arguments], new Dictionary<string, string?> { ["HOME"] = _folder });
    }

    // As anybody would who has no tool but tar: layer over layer.
    private void Unpack()
    {
        foreach (var layer in Image.Layers)
        {
            Command.Run("tar", "-xzf", Path.Combine(images.ExtensionsLayout, "blobs", layer.Replace(':', '/')), "-C", _folder).Succeeded();
        }
    }
}
