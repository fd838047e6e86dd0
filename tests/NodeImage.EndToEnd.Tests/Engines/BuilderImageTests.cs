using NodeImage.EndToEnd.Tests.Engines.Support;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>A base that is made in an image that has dnf.</summary>
public sealed class BuilderImageTests(SampleImages samples)
{
    private const string Output = "bin/Debug/rhel9.6/linux-x64/image";

    [Fact]
    public void A_base_from_a_builder_is_the_base_that_the_managed_engine_composes_but_for_a_reviewed_list()
    {
        Command.RequireRoot();
        Command.Require("buildah", "skopeo", "umoci", "getcap", "rpm");
        var list = ReviewedList.Read("base-from-builder.txt");
        var folder = Checkout.MakeFolder("engines-base");
        var (ours, theirs) = (Build(folder, "Managed"), Build(folder, "Buildah"));
        var (first, second) = (samples.Unpack(ours), samples.Unpack(theirs));
        var differences = EngineComparison.Files(first, second).Concat(EngineComparison.Configuration(ours, theirs)).Where(difference => !list.Covers(difference.Path)).Select(difference => difference.Text);
        Assert.Empty(differences);
        Assert.Empty(list.Unused);
        foreach (var accounts in (string[])["passwd", "group"])
        {
            Assert.Equal(Lines(first, accounts), Lines(second, accounts));
        }

        Assert.Equal(Packages(first), Packages(second));
    }

    private static IEnumerable<string> Lines(string root, string accounts) => File.ReadAllLines($"{root}/usr/lib/{accounts}").Order(StringComparer.Ordinal);

    // The smallest base has no rpm of its own to ask.
    private static IEnumerable<string> Packages(string root) => Command.Run("rpm", "--root", root, "--dbpath", "/usr/share/rpm", "-qa", "--qf", "%{NEVRA} %{SIGMD5}\n").Lines().Order(StringComparer.Ordinal);

    private string Build(string folder, string engine)
    {
        var name = engine.ToLowerInvariant();
        Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, name, "small.osproj"), $"""
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Base</OSImageKind>
                <TargetFramework>rhel9.6</TargetFramework>
                <Initramfs>None</Initramfs>
                <OSImageEngine>{engine}</OSImageEngine>
                <OSImageBuildIsolation>{EngineImages.Isolation}</OSImageBuildIsolation>
                <OSImageBuilderImage>oci:{samples.BaseLayout}</OSImageBuilderImage>
              </PropertyGroup>
              <ItemGroup>
                <RpmRepository Include="base" BaseUrl="$(FixtureFolder)base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />
                <RpmPackage Include="{string.Join(';', Checkout.Request("minimal"))}" />
              </ItemGroup>
            </Project>
            """);
        DotNet.Run(folder, ["build", $"{name}/small.osproj"]).Succeeded();
        return Path.Combine(folder, name, Output);
    }
}
