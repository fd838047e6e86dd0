using System.IO.Compression;
using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Overlay libraries: packed by <c>dotnet pack</c>, and taken as packages or as projects.</summary>
public sealed class LibraryTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private const string Library = "Contoso.Chrony";

    private ScratchProject Project => newcomer.Project;

    [Fact]
    public void A_package_and_a_project_bring_the_same()
    {
        WriteLibrary("rhel9.6");
        newcomer.Run("pack", "chrony", "-o", "feed").Succeeded();
        Newcomer.WriteNode(Project, $"""<PackageReference Include="{Library}" Version="1.2.0" />""");
        newcomer.Run("build", "node").Succeeded();
        var digest = Project.Digest("node");
        CheckContent();

        Newcomer.WriteNode(Project, """<ProjectReference Include="../chrony/chrony.osproj" />""");
        newcomer.Run("build", "node").Succeeded();
        Assert.Equal(digest, Project.Digest("node"));

        newcomer.Run("clean", "chrony").Succeeded();
        newcomer.Run("clean", "chrony", "-c", "Release").Succeeded();
        foreach (var configuration in (string[])["Debug", "Release"])
        {
            Assert.Empty(Directory.GetFiles(Path.Combine(Project.Folder, "chrony", "bin", configuration, "rhel9.6"), "*.osimage", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetDirectories(Path.Combine(Project.Folder, "chrony", "obj", configuration, "rhel9.6"), "library", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public void A_treefile_is_no_part_of_a_library()
    {
        WriteLibrary("rhel9.6", items: """<Treefile Include="manifest.yaml" />""");
        Project.Write("chrony/manifest.yaml", "packages:\n  - sed\n");
        var failed = newcomer.Run("pack", "chrony", "-o", "packed");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("error NI1242", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_brings_what_it_depends_on_and_restores_what_that_asks_for()
    {
        WriteLibrary("rhel9.6");
        newcomer.Run("pack", "chrony", "-o", "feed").Succeeded();
        Project.WriteImage("outer", "Overlay", $"""<PackageReference Include="{Library}" Version="1.2.0" />""", "<PackageId>Contoso.Outer</PackageId>");
        Project.Write("outer/overlay/etc/outer", "outer\n");
        newcomer.Run("pack", "outer", "-o", "feed").Succeeded();

        // Versions are managed in one place.
        Project.Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="Contoso.Outer" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
        try
        {
            Newcomer.WriteNode(Project, """<PackageReference Include="Contoso.Outer" />""");
            newcomer.Run("restore", "node").Succeeded();
            Assert.Contains(Newcomer.Locked(Project, "node"), nevra => nevra.StartsWith("sed-", StringComparison.Ordinal));
            newcomer.Run("restore", "node", "-p:RestoreLockedMode=true").Succeeded();
            newcomer.Run("build", "node", "-p:RestoreLockedMode=true").Succeeded();
            CheckContent();
            Assert.True(new LayoutReader(Project.Layout("node")).Files().ContainsKey("/etc/outer"));
        }
        finally
        {
            File.Delete(Path.Combine(Project.Folder, "Directory.Packages.props"));
        }
    }

    [Fact]
    public void An_image_takes_what_is_for_its_release_or_the_nearest_older_one()
    {
        WriteLibrary("rhel9.2;rhel9.4;rhel9.8;rhel10.0;c10s", "<PackageId>Contoso.Releases</PackageId>", """<KernelArgument Include="made.for=$(TargetFramework)" />""");
        newcomer.Run("pack", "chrony", "-o", "feed").Succeeded();
        Newcomer.WriteNode(Project, """<PackageReference Include="Contoso.Releases" Version="1.2.0" />""");
        newcomer.Run("build", "node").Succeeded();
        var arguments = JsonNode.Parse(newcomer.Run("msbuild", "node", "-getItem:KernelArgument").Succeeded())!["Items"]!["KernelArgument"]!.AsArray();
        Assert.Equal("made.for=rhel9.4", Assert.Single(arguments.Select(argument => (string)argument!["Identity"]!), argument => argument.StartsWith("made.for=", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_wrong_with_a_library_s_item_names_the_library()
    {
        WriteLibrary("rhel9.6", "<PackageId>Contoso.Wrong</PackageId>", """<RpmPackage Include="no-such-package" />""");
        newcomer.Run("pack", "chrony", "-o", "feed").Succeeded();
        Newcomer.WriteNode(Project, """<PackageReference Include="Contoso.Wrong" Version="1.2.0" />""");
        var failed = newcomer.Run("build", "node");
        Assert.NotEqual(0, failed.Status);
        Assert.Matches(@"Contoso\.Wrong\.props\(\d+,\d+\): error NI2\d+: .*no-such-package.*\(from Contoso\.Wrong 1\.2\.0\)", failed.Output);
    }

    [Fact]
    public void An_image_is_not_packed_and_says_so()
    {
        var output = newcomer.Run("pack", "base", "-o", "packed").Succeeded();
        Assert.Contains("warning NI1022", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Project.Folder, "packed")));
    }

    [Fact]
    public void A_library_that_references_a_project_is_not_packed()
    {
        WriteLibrary("rhel9.6", items: """<ProjectReference Include="../base/base.osproj" />""");
        var failed = newcomer.Run("pack", "chrony", "-o", "packed");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("error NI1023", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_is_the_same_whenever_it_is_packed()
    {
        WriteLibrary("rhel9.6");
        newcomer.Run("pack", "chrony", "-o", "once").Succeeded();
        newcomer.Run("pack", "chrony", "-o", "twice").Succeeded();
        Assert.Equal(Read("once"), Read("twice"));

        SortedDictionary<string, string> Read(string folder)
        {
            using var package = ZipFile.OpenRead(Path.Combine(Project.Folder, folder, $"{Library}.1.2.0.nupkg"));
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith("nodeimage/", StringComparison.Ordinal) || entry.FullName.StartsWith("build", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(entry.Open());
                files[entry.FullName] = reader.ReadToEnd();
            }

            Assert.True(files.Count >= 4);
            return files;
        }
    }

    private void WriteLibrary(string frameworks, string properties = "", string items = "")
    {
        Project.Write("chrony/chrony.osproj", $"""
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Overlay</OSImageKind>
                <{(frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework")}>{frameworks}</{(frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework")}>
                <PackageId>{Library}</PackageId>
                <Version>1.2.0</Version>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <RpmPackage Include="sed" />
                <SystemdUnit Update="units/time.service" State="Enabled" />
                <SystemUser Include="timekeeper" />
                <GroupMember Include="timekeeper" Group="tty" />
                <KernelArgument Include="tsc=reliable" />
                {items}
              </ItemGroup>
            </Project>
            """);
        Project.Write("chrony/units/time.service", "[Service]\nExecStart=/usr/bin/true\n\n[Install]\nWantedBy=multi-user.target\n");
        var tool = Project.Write("chrony/overlay/etc/chrony/tool", "#!/bin/sh\n");
        Command.Run("chmod", "+x", tool).Succeeded();
        Directory.CreateDirectory(Path.Combine(Project.Folder, "chrony/overlay/etc/chrony/.empty"));
        var link = Path.Combine(Project.Folder, "chrony/overlay/etc/chrony/link");
        if (!File.Exists(link) && new FileInfo(link).LinkTarget is null)
        {
            File.CreateSymbolicLink(link, "../nowhere");
        }
    }

    private void CheckContent()
    {
        var files = new LayoutReader(Project.Layout("node")).Files();
        Assert.True((files["/etc/chrony/tool"].Mode & UnixFileMode.UserExecute) != 0);
        Assert.Equal("../nowhere", files["/etc/chrony/link"].Link);
        Assert.True(files.ContainsKey("/etc/chrony/.empty"));
        Assert.True(files.ContainsKey("/usr/lib/systemd/system/multi-user.target.wants/time.service"));
        Assert.Contains(files.Keys, path => path.EndsWith("/bin/sed", StringComparison.Ordinal));
        Assert.Contains(files.Keys, path => path.StartsWith("/usr/lib/bootc/kargs.d/", StringComparison.Ordinal));
    }
}
