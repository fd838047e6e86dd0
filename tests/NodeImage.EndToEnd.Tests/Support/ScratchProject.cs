using System.Globalization;
using System.Security.Cryptography;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A folder with projects of a test's own, and with a cache that nobody else uses.</summary>
/// <param name="folder">The folder; it lies within the checkout or says itself where the SDK comes from.</param>
internal sealed class ScratchProject(string folder)
{
    /// <summary>The packages of the smallest image that passes the lints.</summary>
    public const string SmallestBase = "filesystem;setup;fixture-release;bash;coreutils;kernel-core";

    /// <summary>The fixture's repository, as an item.</summary>
    public const string BaseRepository = """<RpmRepository Include="fixture-base" BaseUrl="$(FixtureFolder)base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />""";

    private const string Output = "bin/Debug/rhel9.6";
    private const string Runtime = "linux-x64";

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The cache of these projects.</summary>
    public string CacheFolder => Path.Combine(folder, "cache");

    /// <summary>Makes a fresh folder.</summary>
    public static ScratchProject Make(string name)
    {
        Checkout.RequireFixtures();
        return new ScratchProject(Checkout.MakeFolder(name));
    }

    /// <summary>Makes a fresh folder with a small base in <c>base/</c>.</summary>
    public static ScratchProject MakeWithBase(string name)
    {
        var project = Make(name);
        project.WriteBase();
        return project;
    }

    /// <summary>Writes the small base.</summary>
    /// <param name="items">Items of its own beside the smallest set.</param>
    public void WriteBase(string items = "") => WriteImage("base", "Base", $"""
        {BaseRepository}
            <RpmPackage Include="{SmallestBase}" />
            {items}
        """);

    /// <summary>Writes an image that stands on the small base.</summary>
    public void WriteLayered(string name, string items, string properties = "") => WriteImage(name, "Layered", $"""
        {BaseRepository}
            <ProjectReference Include="../base/base.osproj" />
            {items}
        """, properties);

    /// <summary>Writes an image's project.</summary>
    /// <param name="name">Its name, which is its folder's too.</param>
    /// <param name="kind">Base or Layered.</param>
    /// <param name="items">Its items.</param>
    /// <param name="properties">Properties beside the usual ones.</param>
    public void WriteImage(string name, string kind, string items, string properties = "") => Write($"{name}/{name}.osproj", $"""
        <Project Sdk="NodeImage.Sdk">
          <PropertyGroup>
            <OSImageKind>{kind}</OSImageKind>
            <TargetFramework>rhel9.6</TargetFramework>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Writes a file.</summary>
    /// <returns>Its full path.</returns>
    public string Write(string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>The file of a project.</summary>
    public string ProjectFile(string name) => Path.Combine(folder, name, $"{name}.osproj");

    /// <summary>The lock of a project.</summary>
    public string LockFile(string name) => Path.Combine(folder, name, "rpms.lock.json");

    /// <summary>The folder that a project's outputs go to.</summary>
    public string OutputFolder(string name, string runtime = Runtime) => Path.Combine(folder, name, Output, runtime);

    /// <summary>The OCI layout of a project's image.</summary>
    public string Layout(string name, string runtime = Runtime) => Path.Combine(OutputFolder(name, runtime), "image");

    /// <summary>The digest of a project's image.</summary>
    public string Digest(string name) => new LayoutReader(Layout(name)).ManifestDigest;

    /// <summary>Builds a project.</summary>
    public CommandResult Build(string name, params IEnumerable<string> arguments) => Run("build", name, arguments);

    /// <summary>Runs a verb of <c>dotnet</c> on a project.</summary>
    public CommandResult Run(string verb, string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var all = new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = CacheFolder };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string?>())
        {
            all[variable] = value;
        }

        return DotNet.Run(folder, [verb, name, "-p:Initramfs=None", .. arguments], all);
    }

    /// <summary>What folders of the scratch folder hold: size and digest of each file by its path.</summary>
    public SortedDictionary<string, string> Snapshot(params IEnumerable<string> paths)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths.Select(path => Path.Combine(folder, path)))
        {
            foreach (var file in File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [])
            {
                var content = File.ReadAllBytes(file);
                files.Add(Path.GetRelativePath(folder, file), string.Create(CultureInfo.InvariantCulture, $"{content.Length} {Convert.ToHexStringLower(SHA256.HashData(content))}"));
            }
        }

        return files;
    }
}
