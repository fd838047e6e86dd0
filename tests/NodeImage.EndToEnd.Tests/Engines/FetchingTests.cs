using NodeImage.EndToEnd.Tests.Engines.Support;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>A folder that was written for repositories on the network, one of them with a password.</summary>
public sealed class FetchingTests(SampleImages samples)
{
    private const string Password = "hunter2";

    [Fact]
    public void Packages_are_fetched_and_neither_repositories_nor_secrets_are_in_a_layer()
    {
        Command.RequireRoot();
        Command.Require("buildah", "umoci", "rpm");
        using var server = new FileServer(Checkout.RequireFixtures());
        using var store = new ContainerStore();
        var folder = Checkout.MakeFolder("engines-fetching");
        var paid = $"http://user:{Password}@127.0.0.1:{server.Port}/ocp";
        Write(folder, $"http://127.0.0.1:{server.Port}/base", paid);
        DotNet.Run(folder, ["build", "paid.osproj", "-restore", "-t:EmitContainerfile", $"-p:ContainerfileFolder={folder}/containerfile"]).Succeeded();
        Assert.DoesNotContain(Directory.GetFiles($"{folder}/containerfile", "*", SearchOption.AllDirectories), file => file.EndsWith(".rpm", StringComparison.Ordinal) || File.ReadAllText(file).Contains(Password, StringComparison.Ordinal));

        store.AddSecret("repository-ocp", $"[ocp]\nname=ocp\nbaseurl={paid}\ngpgcheck=1\ngpgkey=file:///run/nodeimage/packages/keys/ocp-0.asc\n");
        store.Run($"{folder}/containerfile/build.sh", "-e", "buildah", "-b", $"oci:{samples.BaseLayout}", "-t", "localhost/paid:1").Succeeded();
        var layout = store.Export("localhost/paid:1");
        var image = new LayoutReader(layout);
        var own = image.Layers.Skip(new LayoutReader(samples.BaseLayout).Layers.Count).SelectMany(image.Entries).Where(entry => entry.IsFile).Select(entry => entry.Path).ToList();
        Assert.DoesNotContain(own, path => path.EndsWith(".repo", StringComparison.Ordinal) || path.EndsWith(".rpm", StringComparison.Ordinal) || path.EndsWith(".asc", StringComparison.Ordinal) || path.StartsWith("/run/", StringComparison.Ordinal));
        var root = samples.Unpack(layout);
        Assert.DoesNotContain(own, path => File.Exists(root + path) && File.ReadAllText(root + path).Contains(Password, StringComparison.Ordinal));

        // What the project's own parts have come to.
        Assert.Contains(EngineComparison.Packages(root), line => line.StartsWith("openvswitch3.5-", StringComparison.Ordinal));
        Assert.Equal("made", File.ReadAllText($"{root}/etc/made-by-script").Trim());
        Assert.Contains(File.ReadAllLines($"{root}/usr/lib/passwd"), line => line.StartsWith("scripted:", StringComparison.Ordinal));
        Assert.Contains(File.ReadAllLines($"{root}/usr/lib/passwd"), line => line.StartsWith("agent:", StringComparison.Ordinal));
        Assert.Equal("agent", File.ReadAllLines($"{root}/etc/group").Single(line => line.StartsWith("wheel:", StringComparison.Ordinal)).Split(':')[3]);
        Assert.EndsWith("openvswitch", File.ReadAllLines($"{root}/usr/lib/group").Single(line => line.StartsWith("hugetlbfs:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private void Write(string folder, string free, string paid)
    {
        File.WriteAllText(Path.Combine(folder, "script.sh"), "set -e\necho made > /etc/made-by-script\nuseradd -r scripted\n");
        File.WriteAllText(Path.Combine(folder, "paid.osproj"), $"""
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Layered</OSImageKind>
                <TargetFramework>rhel9.6</TargetFramework>
                <OSImageBuildIsolation>{EngineImages.Isolation}</OSImageBuildIsolation>
                <ContainerBaseImage>{samples.BaseLayout}</ContainerBaseImage>
              </PropertyGroup>
              <ItemGroup>
                <RpmRepository Include="base" BaseUrl="{free}" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />
                <RpmRepository Include="ocp" BaseUrl="{paid}" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />
                <RpmPackage Include="openvswitch3.5" />
                <SystemUser Include="agent" />
                <GroupMember Include="agent" Group="wheel" />
                <PostProcessScript Include="script.sh" />
              </ItemGroup>
            </Project>
            """);
    }
}
