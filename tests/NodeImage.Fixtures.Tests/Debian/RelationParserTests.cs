using NodeImage.Fixtures.Debian;

namespace NodeImage.Fixtures.Tests.Debian;

public sealed class RelationParserTests
{
    [Fact]
    public void Clauses_hold_alternatives_with_and_without_versions()
    {
        var clauses = RelationParser.Parse("libc6 (>= 2.34), default-mta | mail-transport-agent (<< 3), x");

        Assert.Equal(3, clauses.Count);
        Assert.Equal(new Relation("libc6", RelationOperator.GreaterOrEqual, "2.34"), clauses[0].Alternatives.Single());
        Assert.Equal([new Relation("default-mta"), new Relation("mail-transport-agent", RelationOperator.Less, "3")], clauses[1].Alternatives);
        Assert.Equal(new Relation("x"), clauses[2].Alternatives.Single());
    }

    [Theory]
    [InlineData("python3:any", "python3")]
    [InlineData("perl:any (>= 5)", "perl")]
    [InlineData("libstdc++6(>=1)", "libstdc++6")]
    public void An_architecture_qualifier_is_left_out(string field, string name) =>
        Assert.Equal(name, RelationParser.Parse(field).Single().Alternatives.Single().Name);

    [Fact]
    public void A_missing_field_has_no_clauses() => Assert.Empty(RelationParser.Parse(null));

    [Fact]
    public void What_is_no_relation_is_refused() =>
        Assert.Throws<FixtureException>(() => RelationParser.Parse("a (>= )"));
}
