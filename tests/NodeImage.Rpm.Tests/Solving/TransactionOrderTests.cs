using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>The order of packages within a transaction.</summary>
public sealed partial class TransactionOrderTests
{
    [Fact]
    public void What_a_package_needs_comes_before_it() =>
        Assert.Equal("c b a", Install(Package("a", "Requires: b"), Package("b", "Requires: c"), Package("c")));

    [Fact]
    public void Where_nothing_decides_the_last_comes_first() =>
        Assert.Equal("c b a", Install(Package("a"), Package("b"), Package("c")));

    [Fact]
    public void What_most_others_wait_for_comes_first() =>
        Assert.Equal("b c x", Install(Package("b"), Package("x"), Package("c", "Requires: b")));

    [Fact]
    public void In_a_circle_what_scriptlets_need_comes_first()
    {
        Assert.Equal("b a", Install(Package("a", "Requires(pre): b"), Package("b", "Requires: a")));
        Assert.Equal("a b", Install(Package("a", "Requires: b"), Package("b", "Requires(pre): a")));
        Assert.Equal("b a", Install(Package("a", "Requires(post): b"), Package("b", "Requires: a")));
        Assert.Equal("a b", Install(Package("a", "Requires(postun): b"), Package("b", "Requires(post): a")));
    }

    [Fact]
    public void What_waits_for_a_circle_comes_after_all_of_it() =>
        Assert.Equal("x b a c", Install(Package("c", "Requires: a"), Package("a", "Requires(pre): b", "Requires: x"), Package("b", "Requires: a"), Package("x")));

    [Fact]
    public void Wishes_count_as_far_as_nothing_stronger_does()
    {
        Assert.Equal("a b", Install(Package("b", "Recommends: a"), Package("a")));
        Assert.Equal("b a", Install(Package("b"), Package("a", "OrderWithRequires: b")));
        Assert.Equal("b a", Install(Package("b", "Recommends: a"), Package("a", "Requires(pre): b")));
    }

    [Fact]
    public void A_package_comes_before_those_that_it_supplements() =>
        Assert.Equal("b a", Install(Package("b", "Supplements: a"), Package("a")));

    [Fact]
    public void Of_rich_dependencies_the_conditions_do_not_count()
    {
        Assert.Equal("c b a", Install(Package("a", "Requires: (b or c)"), Package("b"), Package("c")));
        Assert.Equal("b a", Install(Package("a", "Requires: (b if c)"), Package("b")));
        Assert.Equal("a b", Install(Package("b"), Package("a", "Requires: (c if b)")));
    }

    [Fact]
    public void Files_lead_to_their_owners_in_either_spelling_of_a_folder()
    {
        Assert.Equal("sh a", Install(Package("sh", "File: /usr/bin/sh"), Package("a", "Requires: /usr/bin/sh")));
        Assert.Equal("sh a", Install(Package("sh", "File: /usr/bin/sh"), Package("a", "Requires: /bin/sh")));
        Assert.Equal("a sh", Install(Package("sh", "File: /opt/bin/sh"), Package("a", "Requires: /bin/sh")));
    }

    [Fact]
    public void A_capability_leads_to_the_first_that_provides_it_in_the_right_version() =>
        Assert.Equal("new a old", Install(Package("old", "Provides: cap = 1"), Package("a", "Requires: cap >= 2"), Package("new", "Provides: cap = 2")));

    [Fact]
    public void A_package_that_provides_what_it_needs_waits_for_nobody() =>
        Assert.Equal("a b", Install(Package("b", "Provides: cap"), Package("a", "Provides: cap", "Requires: cap")));

    [Fact]
    public void Packages_go_in_the_reverse_order() =>
        Assert.Equal("a b c", Remove(Package("a", "Requires: b"), Package("b", "Requires: c"), Package("c")));

    [Fact]
    public void In_a_circle_what_scriptlets_of_removal_need_goes_last() =>
        Assert.Equal("a b", Remove(Package("a", "Requires(preun): b"), Package("b", "Requires: a")));

    [Fact]
    public void Long_chains_are_no_trouble()
    {
        const int Length = 20_000;
        var packages = Enumerable.Range(0, Length).Select(i => Package($"p{i}", $"Requires: p{(i + 1) % Length}")).ToList();
        Assert.Equal(Length, TransactionOrder.OfInstallation(packages).Distinct().Count());
    }

    [Fact]
    public void The_order_is_that_of_rpm_itself()
    {
        Peer.Require("rpmbuild");
        using var folder = new TemporaryFolder();
        var random = new Random(4180);
        folder.Write("x.spec", Encoding.UTF8.GetBytes(RandomSpec(random, 40)));
        var (built, output, error) = Peer.Run(folder.Root, "rpmbuild", "-bb", "--quiet", "--define", $"_topdir {folder.Root}", "--target", "noarch", "x.spec");
        Assert.True(built == 0, output + error);
        var files = Directory.GetFiles(folder["RPMS"], "*.rpm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var (installed, _, complaint) = Peer.Run(folder.Root, "rpm", ["--root", folder.Root, "-i", "--justdb", "--nodeps", .. files]);
        Assert.True(installed == 0, complaint);
        for (var round = 0; round < 20; round++)
        {
            random.Shuffle(files);
            var chosen = files[..random.Next(2, files.Length)];
            List<RpmPackageInfo> packages = [.. chosen.Select(file => RpmPackageFile.Open(file).Info)];
            var log = Peer.Run(folder.Root, "rpm", ["--root", folder.Root, "-ivv", "--force", "--test", "--nodeps", .. chosen]);
            Assert.Equal(OrderIn(log.Output + log.Error, '+'), TransactionOrder.OfInstallation(packages).Select(package => package.Nevra.ToString()));
            log = Peer.Run(folder.Root, "rpm", ["--root", folder.Root, "-evv", "--test", "--nodeps", .. packages.Select(package => package.Nevra.Name)]);
            Assert.Equal(OrderIn(log.Output + log.Error, '-'), TransactionOrder.OfRemoval(packages).Select(package => package.Nevra.ToString()));
        }
    }

    [GeneratedRegex(@"^D: +\d+ +-?\d+ +\d+ +\d+ +([+-])(\S+)", RegexOptions.Multiline)]
    private static partial Regex OrderLine();

    private static IEnumerable<string> OrderIn(string log, char kind) =>
        OrderLine().Matches(log).Where(match => match.Groups[1].Value[0] == kind).Select(match => match.Groups[2].Value);

    // One package with many parts, which need each other at random.
    private static string RandomSpec(Random random, int count)
    {
        string[] kinds = ["Requires", "Requires", "Requires(pre)", "Requires(post)", "Requires(preun)", "Requires(postun)", "Recommends", "Suggests", "Supplements", "Enhances", "OrderWithRequires", "Requires(meta)"];
        var spec = new StringBuilder("Name: x\nVersion: 1\nRelease: 1\nSummary: x\nLicense: x\nBuildArch: noarch\n%description\nx\n");
        for (var i = 0; i < count; i++)
        {
            spec.Append(CultureInfo.InvariantCulture, $"%package p{i}\nSummary: x\nProvides: cap{i % 7} = {i}\n");
            for (var j = random.Next(5); j > 0; j--)
            {
                var name = random.Next(4) switch
                {
                    0 => $"cap{random.Next(7)} >= {random.Next(count)}",
                    1 => $"(x-p{random.Next(count)} or x-p{random.Next(count)})",
                    _ => $"x-p{random.Next(count)}",
                };
                var kind = kinds[random.Next(kinds.Length)];
                spec.Append(CultureInfo.InvariantCulture, $"{(name[0] == '(' && kind == "OrderWithRequires" ? "Requires" : kind)}: {name}\n");
            }

            spec.Append(CultureInfo.InvariantCulture, $"%description p{i}\nx\n%files p{i}\n");
        }

        return spec.ToString();
    }

    private static string Install(params RpmPackageInfo[] packages) => string.Join(' ', TransactionOrder.OfInstallation(packages).Select(package => package.Nevra.Name));

    private static string Remove(params RpmPackageInfo[] packages) => string.Join(' ', TransactionOrder.OfRemoval(packages).Select(package => package.Nevra.Name));

    // A package from lines as a spec file has them.
    private static RpmPackageInfo Package(string name, params string[] lines)
    {
        var builder = new HeaderBuilder().Add(RpmTag.Name, name).Add(RpmTag.Version, "1").Add(RpmTag.Release, "1").Add(RpmTag.Arch, "noarch").Add(RpmTag.SourceRpm, "x-1-1.src.rpm");
        AddDependencies(builder, lines.Append($"Provides: {name} = 1-1"), "Provides", RpmTag.ProvideName, RpmTag.ProvideVersion, RpmTag.ProvideFlags);
        AddDependencies(builder, lines, "Requires", RpmTag.RequireName, RpmTag.RequireVersion, RpmTag.RequireFlags);
        AddDependencies(builder, lines, "Recommends", RpmTag.RecommendName, RpmTag.RecommendVersion, RpmTag.RecommendFlags);
        AddDependencies(builder, lines, "Supplements", RpmTag.SupplementName, RpmTag.SupplementVersion, RpmTag.SupplementFlags);
        AddDependencies(builder, lines, "OrderWithRequires", RpmTag.OrderName, RpmTag.OrderVersion, RpmTag.OrderFlags);
        var files = lines.Where(line => line.StartsWith("File: ", StringComparison.Ordinal)).Select(line => line[6..]).ToList();
        builder.AddArray(RpmTag.BaseNames, files.Select(file => Path.GetFileName(file)))
            .AddArray(RpmTag.DirNames, files.Select(file => $"{Path.GetDirectoryName(file)}/"))
            .AddInt32(RpmTag.DirIndexes, files.Select((_, i) => (uint)i))
            .AddInt16(RpmTag.FileModes, files.Select(_ => (ushort)0x81ed))
            .AddArray(RpmTag.FileUserName, files.Select(_ => "root"))
            .AddArray(RpmTag.FileGroupName, files.Select(_ => "root"));
        return new RpmPackageInfo(RpmHeader.Parse(builder.Build(), RpmHeaderKind.Package, name), name);
    }

    private static void AddDependencies(HeaderBuilder builder, IEnumerable<string> lines, string kind, RpmTag names, RpmTag versions, RpmTag flags)
    {
        var dependencies = lines.Select(line => line.Split(": ", 2))
            .Where(line => line[0].Split('(')[0] == kind)
            .Select(line => (Dependency: Universe.Parse(line[1]), Use: Use(line[0])))
            .ToList();
        builder.AddArray(names, dependencies.Select(entry => entry.Dependency.Name))
            .AddArray(versions, dependencies.Select(entry => entry.Dependency.Version?.ToString() ?? ""))
            .AddInt32(flags, dependencies.Select(entry => (uint)(entry.Dependency.Flags | entry.Use)));
    }

    private static DependencyFlags Use(string tag) => tag.Split('(').ElementAtOrDefault(1) switch
    {
        "pre)" => DependencyFlags.ScriptPre,
        "post)" => DependencyFlags.ScriptPost,
        "preun)" => DependencyFlags.ScriptPreUninstall,
        "postun)" => DependencyFlags.ScriptPostUninstall,
        _ => 0,
    };
}
