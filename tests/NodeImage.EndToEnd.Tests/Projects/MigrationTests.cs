using System.Xml.Linq;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>
/// What <c>docs/migrating.md</c> does with openshift/os and rhel-coreos-config is done with the real manifests, and
/// <c>samples/okd</c> asks for what they ask for.
/// </summary>
public sealed class MigrationTests
{
    [Fact]
    public void The_node_image_of_the_sample_has_the_packages_of_openshift_os()
    {
        var project = Make("migration-node", "os", "Layered");
        Import(project, "packages-openshift.yaml").Succeeded();
        Assert.Equal(Packages(Path.Combine(project.Folder, "imported", "imported.osproj")), Packages(Sample("okd-node")));
        var scripts = Directory.GetFiles(Path.Combine(project.Folder, "imported", "postprocess"));
        Assert.Equal(8, scripts.Length);
        Assert.Equal(scripts.Length, XDocument.Load(Path.Combine(project.Folder, "imported", "imported.osproj")).Descendants("PostProcessScript").Count());
    }

    [Fact]
    public void The_base_of_the_sample_has_the_packages_of_rhel_coreos_config()
    {
        var project = Make("migration-base", "rhel-coreos-config", "Base");

        // The submodule is not part of the data; what it would include is another repository's, and the sample has it of its own.
        project.Write("source/fedora-coreos-config/manifests/shared-el.yaml", "packages: []\n");
        foreach (var layer in (string[])["05rhcos", "06gcp-routes", "15rhcos-networkmanager-dispatcher", "15rhcos-tuned-bits", "15rhcos-journald-backcompat", "21dhcp-chrony", "30rhcos-nvme-compat-udev", "30gcp-udev-rules"])
        {
            project.Write($"source/overlay.d/{layer}/etc/{layer}", "");
        }

        Import(project, "manifest-c10s.yaml").Succeeded();
        var imported = Packages(Path.Combine(project.Folder, "imported", "imported.osproj"));
        Assert.True(imported.Count > 50, "the manifest was not read");
        Assert.Empty(imported.Except(Packages(Sample("scos"))));
    }

    [Fact]
    public void The_extensions_of_the_sample_are_those_of_openshift_os()
    {
        var source = Path.Combine(TestData(), "treefiles", "os", "extensions", "centos-10.yaml");
        var names = File.ReadLines(source).SkipWhile(line => line != "extensions:").Where(line => line.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetter(line[2]) && line.EndsWith(':')).Select(line => line.Trim().TrimEnd(':'));
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            XDocument.Load(Sample("okd-extensions")).Descendants("OSExtension").Select(item => item.Attribute("Include")!.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("scos")]
    [InlineData("okd-node")]
    public void The_samples_say_what_can_be_said(string name)
    {
        // All but restore, for which repositories would have to be reached: the definition is read, with all that it names.
        var folder = Checkout.MakeFolder($"okd-{name}");
        var result = DotNet.Run(folder, ["msbuild", Sample(name), "-t:_CollectImagePackages", "-p:RuntimeIdentifier=linux-x64", $"-p:BaseIntermediateOutputPath={folder}/obj/", "-p:SkipResolvePackageAssets=true", "-nologo"]);
        result.Succeeded();
    }

    private static string Sample(string name) => Path.Combine(Checkout.Root, "samples", "okd", name, $"{name}.osproj");

    private static string TestData()
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "NODEIMAGE_TESTDATA is not set");
        return data;
    }

    private static ScratchProject Make(string name, string source, string kind)
    {
        var data = TestData();
        var project = ScratchProject.Make(name);
        Command.Run("cp", "-r", Path.Combine(data, "treefiles", source), Path.Combine(project.Folder, "source")).Succeeded();
        project.Write("source/source.osproj", $"""
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>{kind}</OSImageKind>
                <TargetFramework>c10s</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        return project;
    }

    private static CommandResult Import(ScratchProject project, string manifest) => project.Run("msbuild", "source/source.osproj",
        ["-t:ImportTreefile", $"-p:TreefilePath={manifest}", "-p:TreefileVariables=osversion=centos-10", "-p:ImportedProjectPath=../imported/imported.osproj"]);

    // Names and the architectures that each is for.
    private static SortedSet<string> Packages(string project) => new(
        XDocument.Load(project).Descendants("RpmPackage").SelectMany(item => item.Attribute("Include")!.Value
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(name => ((string?)item.Attribute("Architectures") ?? "x86_64;aarch64;ppc64le;s390x").Split(';').Select(architecture => $"{name} {architecture}"))),
        StringComparer.Ordinal);
}
