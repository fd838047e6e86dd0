using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Text;

namespace NodeImage.Core.Tests;

/// <summary>Slips of the pen are counted.</summary>
public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("State", "Stat", 1)]
    [InlineData("State", "Sttae", 1)]
    [InlineData("State", "Scope", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    public void Insertions_deletions_replacements_and_swaps_count(string left, string right, int distance) =>
        Assert.Equal(distance, EditDistance.Between(left, right, 9));

    [Theory]
    [InlineData("State", "Scope", 2, 3)]
    [InlineData("a", "abcdef", 2, 3)]
    [InlineData("a", "b", 0, 1)]
    public void Beyond_the_limit_it_does_not_matter_how_far(string left, string right, int limit, int distance) =>
        Assert.Equal(distance, EditDistance.Between(left, right, limit));

    [Fact]
    public void It_is_the_same_both_ways_and_the_limit_changes_nothing_below_it() => Prop.ForAll<NonNull<string>, NonNull<string>, byte>((left, right, limit) =>
    {
        var whole = EditDistance.Between(left.Get, right.Get, int.MaxValue / 2);
        return whole == EditDistance.Between(right.Get, left.Get, int.MaxValue / 2)
            && whole == 0 == (left.Get == right.Get)
            && Math.Min(whole, limit + 1) == EditDistance.Between(left.Get, right.Get, limit);
    }).QuickCheckThrowOnFailure();
}
