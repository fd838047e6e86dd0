using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Versions;

public sealed class RpmVersionTests
{
    // Short strings of few kinds of characters, so that equal beginnings are common.
    private static readonly Gen<string> Strings =
        Gen.Elements("0", "1", "2", "9", "10", "01", "a", "b", "Z", "rc", ".", "_", "+", "~", "^", "!")
            .ArrayOf()
            .Select(parts => string.Concat(parts.Take(6)));

    private static readonly Arbitrary<(string Left, string Right, string Third)> Triples =
        Arb.From(from a in Strings from b in Strings from c in Strings select (a, b, c));

    public static TheoryData<string, string, int> Known => new()
    {
        { "1.0", "1.0", 0 },
        { "1.0", "2.0", -1 },
        { "2.0.1", "2.0", 1 },
        { "2.0.1a", "2.0.1", 1 },
        { "5.5p10", "5.5p2", 1 },
        { "10xyz", "10.1xyz", -1 },
        { "xyz10", "xyz10.1", -1 },
        { "1.0010", "1.9", 1 },
        { "1.05", "1.5", 0 },
        { "2_0", "2.0", 0 },
        { "a", "1", -1 },
        { "1.0~rc1", "1.0", -1 },
        { "1.0~rc1~git123", "1.0~rc1", -1 },
        { "1.0^", "1.0", 1 },
        { "1.0^git1", "1.0.1", -1 },
        { "1.0^git1~pre", "1.0^git1", -1 },
        { "1.0~rc1^git1", "1.0~rc1", 1 },
        { "1e.fc33", "1.fc33", -1 },
        { "00000000000000000000000000001", "1", 0 },
        { "99999999999999999999999999999", "99999999999999999999999999998", 1 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Versions_sort_as_rpm_documents(string left, string right, int expected)
    {
        Assert.Equal(expected, RpmVersion.Compare(left, right));
        Assert.Equal(-expected, RpmVersion.Compare(right, left));
    }

    [Fact]
    public void Turning_a_comparison_round_turns_its_result_round() => Prop.ForAll(Triples, triple =>
        RpmVersion.Compare(triple.Left, triple.Right) == -RpmVersion.Compare(triple.Right, triple.Left)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_version_equals_itself() => Prop.ForAll(Triples, triple =>
        RpmVersion.Compare(triple.Left, triple.Left) == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void What_sorts_before_the_middle_sorts_before_the_end() => Prop.ForAll(Triples, triple =>
    {
        string[] sorted = [triple.Left, triple.Right, triple.Third];
        Array.Sort(sorted, (left, right) => RpmVersion.Compare(left, right));
        return RpmVersion.Compare(sorted[0], sorted[2]) <= 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Versions_compare_as_in_rpm_itself()
    {
        Peer.Require("rpm");
        var pairs = Triples.Generator.Sample(500).Select(triple => (triple.Left, triple.Right))
            .Where(pair => pair.Left.Length > 0 && pair.Right.Length > 0)
            .Concat(Known.Select(row => (row.Data.Item1, row.Data.Item2)))
            .ToList();
        var calls = string.Concat(pairs.Select(pair => $"print(rpm.vercmp([==[{pair.Item1}]==],[==[{pair.Item2}]==])..',')"));
        var (exitCode, output, error) = Peer.Run(Path.GetTempPath(), "rpm", "--eval", $"%{{lua:{calls}}}");
        Assert.True(exitCode == 0, error);
        var expected = output.Trim().TrimEnd(',').Split(',').Select(number => int.Parse(number, null)).ToList();
        Assert.Equal(pairs.Count, expected.Count);
        Assert.All(pairs.Zip(expected), pair =>
            Assert.True(
                pair.Second == RpmVersion.Compare(pair.First.Item1, pair.First.Item2),
                $"'{pair.First.Item1}' and '{pair.First.Item2}': rpm says {pair.Second}"));
    }
}
