using System.Text.Json.Nodes;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>
/// A folder outside the repository that has the SDK as a newcomer would: from packages. In it are a small base and an image on it with
/// a bit of everything, which are built once for all tests of a class.
/// </summary>
public sealed class Newcomer : IDisposable
{
    private readonly Lazy<ScratchProject> _project = new(Make);

    /// <summary>A repository whose address tests may change: what is locked does not depend on it.</summary>
    private const string Repository = """<RpmRepository Include="fixture-base" BaseUrl="$(TestRepository)" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />""";

    /// <summary>The projects, built.</summary>
    internal ScratchProject Project => _project.Value;

    /// <summary>Writes the projects into a fresh folder; nothing is built.</summary>
    internal static ScratchProject Write()
    {
        Checkout.RequireFixtures();
        var project = new ScratchProject(Directory.CreateTempSubdirectory("nodeimage-newcomer-").FullName);
        File.Copy(Path.Combine(Checkout.Root, "samples", "global.json"), Path.Combine(project.Folder, "global.json"));
        project.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="nodeimage" value="{Path.Combine(Checkout.Root, "artifacts", "feed")}" />
                <add key="own" value="{project.Folder}/feed" />
              </packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(Path.Combine(project.Folder, "feed"));
        project.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TestRepository Condition="'$(TestRepository)' == ''">$(FixtureFolder)base</TestRepository>
                <Initramfs>None</Initramfs>
              </PropertyGroup>
            </Project>
            """);
        project.WriteImage("base", "Base", $"""
            {Repository}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
            """);
        WriteNode(project);
        project.Write("node/units/own.service", "[Service]\nExecStart=/usr/bin/true\n\n[Install]\nWantedBy=multi-user.target\n");
        project.Write("node/overlay/etc/own.conf", "own = 1\n");
        return project;
    }

    /// <summary>Writes the image's project.</summary>
    internal static void WriteNode(ScratchProject project, string items = "", string properties = "") => project.WriteImage("node", "Layered", $"""
        {Repository}
            <ProjectReference Include="../base/base.osproj" />
            <RpmPackage Include="hostname" />
            <SystemdUnit Update="units/own.service" State="Enabled" />
            {items}
        """, properties);

    /// <summary>Writes the image's project with just these scripts as its tests.</summary>
    internal static void WriteTests(ScratchProject project, params (string Name, string Text)[] scripts)
    {
        var folder = Path.Combine(project.Folder, "node", "tests");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (name, text) in scripts)
        {
            project.Write($"node/tests/{name}", text);
        }

        WriteNode(project, """<ImageTest Include="tests/*.sh" />""");
    }

    /// <summary>Has <c>dotnet test</c> speak to programs of Microsoft.Testing.Platform.</summary>
    internal static void UseTestPlatform(ScratchProject project)
    {
        var settings = File.ReadAllText(Path.Combine(project.Folder, "global.json"));
        project.Write("global.json", settings.Insert(settings.IndexOf('{', StringComparison.Ordinal) + 1, "\"test\":{\"runner\":\"Microsoft.Testing.Platform\"},"));
    }

    /// <summary>Runs <c>dotnet</c> in a newcomer's folder.</summary>
    internal static CommandResult Run(ScratchProject project, IEnumerable<string> arguments, params IEnumerable<(string Name, string? Value)> environment)
    {
        var variables = new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = project.CacheFolder };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return DotNet.Run(project.Folder, arguments, variables);
    }

    /// <summary>Runs <c>dotnet</c> on the projects that all tests of a class share.</summary>
    internal CommandResult Run(params IEnumerable<string> arguments) => Run(Project, arguments);

    /// <summary>The packages that a lock has for its only target.</summary>
    internal static IEnumerable<string> Locked(ScratchProject project, string name) =>
        JsonNode.Parse(File.ReadAllText(project.LockFile(name)))!["targets"]!.AsObject().Single().Value!["packages"]!.AsArray().Select(package => (string)package!["nevra"]!);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_project.IsValueCreated)
        {
            Directory.Delete(Project.Folder, recursive: true);
        }
    }

    private static ScratchProject Make()
    {
        var project = Write();
        Run(project, ["build", "node"]).Succeeded();
        return project;
    }
}
