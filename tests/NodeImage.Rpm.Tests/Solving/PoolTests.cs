using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>What the solver's rooms stand on: numbers for versions and dependencies, lists, sorting, circles.</summary>
public sealed class PoolTests
{
    private static readonly Gen<Evr> Versions =
        from epoch in Gen.Elements(0u, 0u, 1u)
        from version in Gen.Elements("1", "2", "1.0", "1~a")
        from release in Gen.Elements(null, "1", "2")
        select new Evr(epoch, version, release);

    [Fact]
    public void Versions_compare_by_number_as_they_do_by_text()
    {
        var table = new VersionTable();
        Prop.ForAll(Arb.From(from left in Versions from right in Versions select (left, right)), pair =>
            Math.Sign(table.Compare(table.Intern(pair.left), table.Intern(pair.right))) == Math.Sign(pair.left.CompareTo(pair.right))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1-1", VersionRange.Equal, "1", true)]
    [InlineData("1-1", VersionRange.Greater, "1", false)]
    [InlineData("1-1", VersionRange.Less, "1", false)]
    [InlineData("1", VersionRange.Equal, "1-1", true)]
    [InlineData("2-1", VersionRange.Greater, "1", true)]
    [InlineData("1-1", VersionRange.Less | VersionRange.Equal, "1-1", true)]
    internal void A_range_without_a_release_takes_any_release(string version, VersionRange range, string bound, bool expected)
    {
        var table = new VersionTable();
        Assert.Equal(expected, table.Matches(table.Intern(Evr.Parse(version)), range, table.Intern(Evr.Parse(bound))));
    }

    [Fact]
    public void Equal_dependencies_have_one_number()
    {
        var table = new DependencyTable();
        int Number(string text) => table.Intern(Universe.Parse(text));
        Assert.Equal(Number("(a and (b or c))"), Number("(a and (b or c))"));
        Assert.Equal(Number("a >= 1"), Number("a >= 1"));
        Assert.NotEqual(Number("a >= 1"), Number("a >= 1-1"));
        Assert.Equal("((a and b) or c >= 2)", table.ToText(Number("((a and b) or c >= 2)"), _ => ""));
    }

    [Fact]
    public void Sorting_keeps_the_order_of_equals() => Prop.ForAll<int[]>(numbers =>
    {
        var items = numbers.Select((number, i) => (Key: number % 4, Index: i)).ToArray();
        var sorted = items.ToArray();
        StableSorter.Sort<(int Key, int Index)>(sorted, (left, right) => left.Key.CompareTo(right.Key));
        return sorted.SequenceEqual(items.OrderBy(item => item.Key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nodes_are_in_one_component_if_each_leads_to_the_other() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 63).Select(edge => (From: edge / 8, To: edge % 8)).ListOf(10)),
        edges =>
        {
            var lists = Enumerable.Range(0, 8).Select(node => edges.Where(edge => edge.From == node).Select(edge => edge.To).ToList()).ToList();
            var components = StrongComponents.Find(lists);
            int ComponentOf(int node) => Enumerable.Range(0, components.Count).Single(i => components[i].Contains(node));
            return Enumerable.Range(0, 64).All(pair => (ComponentOf(pair / 8) == ComponentOf(pair % 8)) == (Leads(lists, pair / 8, pair % 8) && Leads(lists, pair % 8, pair / 8)))
                && edges.All(edge => ComponentOf(edge.To) <= ComponentOf(edge.From));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("x86_64", "x86_64 i686 noarch", "aarch64 src")]
    [InlineData("aarch64", "aarch64 noarch", "x86_64 armv7hl")]
    [InlineData("s390x", "s390x s390 noarch", "x86_64")]
    [InlineData("ppc64le", "ppc64le noarch", "ppc64")]
    public void An_architecture_takes_what_it_can_run(string architecture, string taken, string refused)
    {
        var policy = ArchitecturePolicy.For(architecture);
        Assert.All(taken.Split(' '), name => Assert.True(policy.Takes(name), name));
        Assert.All(refused.Split(' '), name => Assert.False(policy.Takes(name), name));
    }

    [Fact]
    public void Vendors_of_one_class_may_replace_each_other()
    {
        var classes = new VendorClasses([["acme*", "!acme evil"], ["other"]]);
        Assert.True(classes.AreCompatible("ACME one", "acme two"));
        Assert.True(classes.AreCompatible("x", "x"));
        Assert.False(classes.AreCompatible("acme", "other"));
        Assert.False(new VendorClasses([["!acme evil", "acme*"]]).AreCompatible("acme one", "acme evil"));
    }

    [Theory]
    [InlineData("bash", "bahs,bash,zsh", "bash,bahs")]
    [InlineData("openssl_libs", "openssl-libs,openssl", "openssl-libs")]
    [InlineData("vi", "vim,nano", "vim")]
    [InlineData("xxxxxxxx", "bash", "")]
    public void Names_are_suggested_by_how_few_slips_lead_to_them(string wanted, string names, string expected) =>
        Assert.Equal(expected, string.Join(',', NameSuggestions.Find(wanted, names.Split(','))));

    private static bool Leads(List<List<int>> edges, int from, int to)
    {
        var seen = new HashSet<int> { from };
        var work = new Stack<int>([from]);
        while (work.TryPop(out var node))
        {
            foreach (var next in edges[node].Where(seen.Add))
            {
                work.Push(next);
            }
        }

        return seen.Contains(to);
    }
}
