using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Dependencies;

public sealed class DependencyParserTests
{
    private static readonly Gen<string> Words = Gen.Elements("a", "libc.so.6()(64bit)", "config(x)", "a >= 1", "b = 2:3-4", "and", "(", ")", "or", "if", "else", "unless", "with", "without", ",", "<", "1");

    [Theory]
    [InlineData("bash", "bash", DependencyFlags.Any, null)]
    [InlineData("glibc >= 2.34", "glibc", DependencyFlags.Greater | DependencyFlags.Equal, "2.34")]
    [InlineData("a <1:2-3", "a", DependencyFlags.Less, "1:2-3")]
    [InlineData("libc.so.6(GLIBC_2.34)(64bit)", "libc.so.6(GLIBC_2.34)(64bit)", DependencyFlags.Any, null)]
    [InlineData("  /usr/bin/sh ", "/usr/bin/sh", DependencyFlags.Any, null)]
    [InlineData("a<1", "a<1", DependencyFlags.Any, null)]
    public void A_plain_dependency_has_a_name_and_perhaps_a_range(string text, string name, DependencyFlags flags, string? version)
    {
        Assert.True(DependencyParser.TryParse(text, out var dependency));
        Assert.Equal(new Dependency(name, flags, version is null ? null : Evr.Parse(version)), dependency);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a >=")]
    [InlineData("a b")]
    [InlineData("a >= 1 2")]
    [InlineData("(a")]
    public void What_is_no_dependency_is_refused(string text) => Assert.False(DependencyParser.TryParse(text, out _));

    [Fact]
    public void Keywords_of_one_kind_chain()
    {
        var and = Assert.IsType<RichDependency.And>(Parse("(a and b >= 2 and (c or d))"));
        Assert.Equal([Leaf("a"), new RichDependency.Leaf(new Dependency("b", DependencyFlags.Greater | DependencyFlags.Equal, Evr.Parse("2")))], and.Terms.Take(2));
        Assert.Equal([Leaf("c"), Leaf("d")], Assert.IsType<RichDependency.Or>(and.Terms[2]).Terms);
        Assert.Equal(3, Assert.IsType<RichDependency.With>(Parse("(a with b with c)")).Terms.Count);
    }

    [Fact]
    public void Conditions_have_two_or_three_arms()
    {
        Assert.Equal(new RichDependency.If(Leaf("a"), Leaf("b"), null), Parse("(a if b)"));
        Assert.Equal(new RichDependency.If(Leaf("a"), Leaf("b"), Leaf("c")), Parse("(a if b else c)"));
        Assert.Equal(new RichDependency.Unless(Leaf("a"), Leaf("b"), Leaf("c")), Parse("(a unless b else c)"));
        Assert.Equal(new RichDependency.Without(Leaf("a"), Leaf("b")), Parse("(a without b)"));
    }

    [Fact]
    public void Parentheses_in_names_are_not_those_of_the_dependency() =>
        Assert.Equal(new RichDependency.If(Leaf("libssl.so.3()(64bit)"), Leaf("config(x)"), null), Parse("(libssl.so.3()(64bit) if config(x))"));

    [Theory]
    [InlineData("()")]
    [InlineData("(a and)")]
    [InlineData("(a and b or c)")]
    [InlineData("(a if b if c)")]
    [InlineData("(a without b without c)")]
    [InlineData("(a else b)")]
    [InlineData("(a if b else c else d)")]
    [InlineData("(a nor b)")]
    [InlineData("(a and b")]
    [InlineData("(a and b))")]
    [InlineData("a and b")]
    [InlineData("(a >= )")]
    public void What_rpm_would_not_build_is_refused(string text) => Assert.False(DependencyParser.TryParseRich(text, out _));

    [Fact]
    public void Nesting_has_an_end() =>
        Assert.False(DependencyParser.TryParseRich(string.Concat(Enumerable.Repeat("(", 100_000)) + "a", out _));

    [Fact]
    public void No_text_breaks_the_reader() => Prop.ForAll(Arb.From(Words.ArrayOf().Select(words => $"({string.Join(' ', words)})")), text =>
    {
        _ = DependencyParser.TryParse(text, out _);
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rpm_itself_takes_the_same_texts_for_rich_dependencies()
    {
        // What rpmbuild forbids beyond that, such as "or" around "if", is not looked at in packages that exist.
        Peer.Require("rpmbuild");
        using var folder = new TemporaryFolder();
        string[] texts = ["(a and b)", "(a and b or c)", "(a if b else c)", "(a with b with c)", "(a, b)", "(a without b without c)", "(a)", "(a >= 1 or b)", "(a nor b)"];
        foreach (var text in texts)
        {
            folder.Write("x.spec", System.Text.Encoding.UTF8.GetBytes($"Name: x\nVersion: 1\nRelease: 1\nSummary: x\nLicense: x\nRequires: {text}\n%description\nx\n"));
            var (exitCode, output, _) = Peer.Run(folder.Root, "rpmspec", "-q", "--qf", "[%{REQUIRENAME}\n]", "x.spec");
            Assert.True((exitCode == 0 && output.Contains(text, StringComparison.Ordinal)) == DependencyParser.TryParseRich(text, out _), $"rpm does not agree about {text}: {output}");
        }
    }

    private static RichDependency Parse(string text) => DependencyParser.TryParseRich(text, out var rich) ? rich : throw new ArgumentException(text);

    private static RichDependency.Leaf Leaf(string name) => new(new Dependency(name));
}
