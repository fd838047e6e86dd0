using System.Text.Json.Nodes;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>The templates as packed, installed where only the tests of a class see them, and a folder outside the repository to use them in.</summary>
public sealed class Templates : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nodeimage-templates-").FullName;
    private readonly Lazy<string> _installed;

    public Templates() => _installed = new Lazy<string>(Install);

    /// <summary>The version of the SDK that was packed last, and of the templates that were packed with it.</summary>
    public static string Version => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "samples", "global.json")))!["msbuild-sdks"]!["NodeImage.Sdk"]!;

    /// <summary>A folder in which the SDK's package is found.</summary>
    public string Folder => Path.Combine(_root, "work");

    /// <summary>What <c>dotnet new install</c> said.</summary>
    public string Installed => _installed.Value;

    /// <summary>The package of the templates; the test is skipped where it has not been made.</summary>
    public static string Require()
    {
        var package = File.Exists(Path.Combine(Checkout.Root, "samples", "global.json")) ? Path.Combine(Checkout.Root, "artifacts", "feed", $"NodeImage.Templates.{Version}.nupkg") : null;
        Assert.SkipUnless(File.Exists(package), "the templates are not packed (eng/pack.sh)");
        return package!;
    }

    /// <summary>Makes a project, or whatever a template makes.</summary>
    /// <param name="template">Its short name.</param>
    /// <param name="output">The folder below <see cref="Folder"/> that it goes to.</param>
    /// <param name="arguments">Its options.</param>
    /// <returns>The folder's full path.</returns>
    public string Create(string template, string output, params IEnumerable<string> arguments)
    {
        New([template, "--output", output, .. arguments]).Succeeded();
        return Path.Combine(Folder, output);
    }

    /// <summary>Makes a project that takes its packages from the fixture.</summary>
    /// <param name="template">Its short name.</param>
    /// <param name="output">The folder below <see cref="Folder"/> that it goes to.</param>
    /// <param name="arguments">Its further options.</param>
    /// <returns>The folder's full path.</returns>
    public string CreateOnFixture(string template, string output, params IEnumerable<string> arguments)
    {
        var fixtures = Checkout.RequireFixtures();
        return Create(template, output, ["--framework", "rhel9.6", "--source", "custom", "--base-url", $"{fixtures}/base", "--gpg-key", $"{fixtures}/RPM-GPG-KEY-fixture", .. arguments]);
    }

    /// <summary>Runs <c>dotnet new</c>.</summary>
    internal CommandResult New(params IEnumerable<string> arguments)
    {
        Assert.NotEmpty(Installed);
        return InHive(arguments);
    }

    /// <summary>Runs a verb of <c>dotnet</c> in <see cref="Folder"/>.</summary>
    internal CommandResult Run(params IEnumerable<string> arguments) =>
        DotNet.RunWithin(Folder, [DotNet.Program, .. arguments], new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = Path.Combine(_root, "cache") });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Install()
    {
        var package = Require();
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="nodeimage" value="{Path.GetDirectoryName(package)}" />
              </packageSources>
            </configuration>
            """);
        return InHive(["install", package]).Succeeded();
    }

    private CommandResult InHive(IEnumerable<string> arguments) => DotNet.RunWithin(Folder, [DotNet.Program, "new", .. arguments, "--debug:custom-hive", Path.Combine(_root, "hive")]);
}
