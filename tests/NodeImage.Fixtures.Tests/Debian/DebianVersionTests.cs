using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Fixtures.Debian;

namespace NodeImage.Fixtures.Tests.Debian;

public sealed class DebianVersionTests
{
    private const string Dpkg = "/usr/bin/dpkg";

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.0-0", 0)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1.0~~", "1.0~", -1)]
    [InlineData("1.0", "1.0a", -1)]
    [InlineData("1.0a", "1.0+", -1)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("1:0.1", "9.9", 1)]
    [InlineData("1.0-1", "1.0-1+b1", -1)]
    [InlineData("1.0-1~deb12u1", "1.0-1", -1)]
    [InlineData("1.002", "1.2", 0)]
    public void Versions_are_ordered_as_Debian_policy_says(string left, string right, int order)
    {
        Assert.Equal(order, Compare(left, right));
        Assert.Equal(-order, Compare(right, left));
    }

    [Fact]
    public void Dpkg_orders_versions_in_the_same_way()
    {
        if (!File.Exists(Dpkg))
        {
            Assert.Skip("dpkg is not installed");
        }

        Prop.ForAll(Versions(), Versions(), (left, right) =>
        {
            var order = Compare(left, right);
            var word = order < 0 ? "lt" : order > 0 ? "gt" : "eq";
            return DpkgAgrees(left, word, right).Label($"{left} {word} {right}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static int Compare(string left, string right) => Math.Sign(DebianVersion.Parse(left).CompareTo(DebianVersion.Parse(right)));

    private static Arbitrary<string> Versions() =>
        (from upstream in Part("0123456789abz.+~")
         from revision in Part("019a+~.")
         from epoch in Gen.Elements("", "1:", "2:")
         select $"{epoch}0{upstream}{(revision.Length == 0 ? "" : "-0" + revision)}").ToArbitrary();

    private static Gen<string> Part(string alphabet) =>
        from letters in Gen.Elements<char>(alphabet.ToCharArray()).ArrayOf(4)
        from length in Gen.Choose(0, 4)
        select new string(letters, 0, length);

    private static bool DpkgAgrees(string left, string word, string right)
    {
        using var dpkg = Process.Start(Dpkg, ["--compare-versions", left, word, right]);
        dpkg.WaitForExit();
        return dpkg.ExitCode == 0;
    }
}
