using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Images;

/// <summary>The managed engine's tree beside what dnf installs for the same request.</summary>
public sealed class BesideDnfTests : IDisposable
{
    private const int MostPatterns = 25;

    // What a bootable image links elsewhere, as its own links say.
    private static readonly (string From, string To)[] Moved =
    [
        ("/home", "/var/home"), ("/root", "/var/roothome"), ("/srv", "/var/srv"), ("/mnt", "/var/mnt"), ("/opt", "/var/opt"), ("/usr/local", "/var/usrlocal"),
    ];

    private readonly List<string> _folders = [];

    [Fact]
    public void The_full_tree_is_what_dnf_installs_but_for_a_reviewed_list()
    {
        Command.RequireRoot();
        Command.Require("dnf", "rpm", "umoci", "getcap");
        var (ours, theirs) = (DiskImage.Read(Compose()), DiskImage.Read(Install()));
        Assert.Equal(theirs.Names("passwd"), ours.Names("passwd"));
        Assert.Equal(theirs.Names("group").Distinct(), ours.Names("group").Distinct());

        var list = ReviewedList.Read("beside-dnf.txt");
        var differences = Compare(ours, theirs).Where(difference => !list.Covers(difference.Path)).Select(difference => difference.Text).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(list.Count <= MostPatterns, $"the list has {list.Count} patterns");
        Assert.Empty(list.Unused);
        Assert.Equal(Packages(theirs), Packages(ours));
    }

    public void Dispose()
    {
        foreach (var folder in _folders)
        {
            Command.Run("rm", "-rf", "--one-file-system", folder);
        }
    }

    private static IEnumerable<(string Path, string Text)> Compare(DiskImage ours, DiskImage theirs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, file) in theirs.Files)
        {
            var place = Place(ours, path);
            seen.Add(place);
            var own = ours.Files.GetValueOrDefault(place);
            if (own != file)
            {
                yield return (path, $"{path}: ours {own}, dnf's {file}");
            }
        }

        // A folder that holds but what was found has been found with it.
        var parents = seen.Where(place => place.StartsWith("/usr/share/factory/", StringComparison.Ordinal)).SelectMany(Parents).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, file) in ours.Files.Where(pair => !seen.Contains(pair.Key) && !parents.Contains(pair.Key) && !Moved.Any(move => move.From == pair.Key)))
        {
            yield return (path, $"{path}: ours {file}, dnf has nothing");
        }
    }

    // Where an image keeps what dnf puts at a path.
    private static string Place(DiskImage ours, string path)
    {
        foreach (var (from, to) in Moved.Where(move => path == move.From || path.StartsWith(move.From + "/", StringComparison.Ordinal)))
        {
            return to + path[from.Length..];
        }

        var factory = "/usr/share/factory" + path;
        return !ours.Files.ContainsKey(path) && ours.Files.ContainsKey(factory) ? factory : path;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is { Length: > 1 }; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }

    // Where dnf has put the database depends on the configuration of this machine's rpm.
    private static IEnumerable<string> Packages(DiskImage image)
    {
        var database = image.Files.Keys.Where(path => path.EndsWith("/rpmdb.sqlite", StringComparison.Ordinal)).MaxBy(path => new FileInfo(image.Root + path).Length)!;
        return Command.Run("rpm", "--root", image.Root, "--dbpath", Path.GetDirectoryName(database)!, "-qa").Lines()
            .Where(line => !line.StartsWith("gpg-pubkey-", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    private string Compose()
    {
        Checkout.RequireFixtures();
        var folder = Checkout.MakeFolder("beside-dnf");
        _folders.Add(folder);
        File.WriteAllText(Path.Combine(folder, "full.osproj"), $"""
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Base</OSImageKind>
                <TargetFramework>rhel9.6</TargetFramework>
                <Initramfs>None</Initramfs>
              </PropertyGroup>
              <ItemGroup>
                <RpmRepository Include="base" BaseUrl="$(FixtureFolder)base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />
                <RpmPackage Include="{string.Join(';', Checkout.Request("full"))}" />
              </ItemGroup>
            </Project>
            """);
        DotNet.Run(folder, ["build", "full.osproj"]).Succeeded();
        var layout = Directory.GetFiles(folder, "oci-layout", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Single();
        var bundle = NewFolder();
        Command.Run("umoci", "unpack", "--image", $"{layout}:latest", $"{bundle}/image").Succeeded();
        return $"{bundle}/image/rootfs";
    }

    private string Install()
    {
        var folder = NewFolder();
        var root = Path.Combine(folder, "root");
        var configuration = Path.Combine(folder, "dnf.conf");
        File.WriteAllText(configuration, $"""
            [main]
            gpgcheck=1
            install_weak_deps=0
            tsflags=nodocs
            cachedir=/var/cache/beside-dnf
            reposdir=/nonexistent
            [base]
            name=base
            baseurl=file://{Checkout.RequireFixtures()}/base
            gpgkey=file://{Checkout.RequireFixtures()}/RPM-GPG-KEY-fixture
            """);
        Command.Run("dnf", ["-q", "-y", "--noplugins", "-c", configuration, $"--installroot={root}", "--releasever=9", "install", .. Checkout.Request("full")]).Succeeded();
        Command.Run("rm", "-rf", $"{root}/var/cache/beside-dnf");
        return root;
    }

    private string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("nodeimage-e2e-").FullName;
        _folders.Add(folder);
        return folder;
    }
}
