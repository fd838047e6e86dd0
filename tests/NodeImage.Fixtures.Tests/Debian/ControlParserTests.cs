using NodeImage.Fixtures.Debian;

namespace NodeImage.Fixtures.Tests.Debian;

public sealed class ControlParserTests
{
    [Fact]
    public void Paragraphs_are_parted_by_empty_lines()
    {
        var paragraphs = Parse("Package: a\nVersion: 1\n\n\nPackage: b\n");

        Assert.Equal(["a", "b"], paragraphs.Select(paragraph => paragraph["Package"]));
        Assert.Equal("1", paragraphs[0]["Version"]);
        Assert.Null(paragraphs[1]["Version"]);
    }

    [Fact]
    public void Continuation_lines_join_their_field_and_lose_one_blank()
    {
        var paragraph = Parse("Description: short\n long\n .\n   indented\nSection: x\n").Single();

        Assert.Equal("short\nlong\n.\n  indented", paragraph["Description"]);
        Assert.Equal("x", paragraph["Section"]);
    }

    [Fact]
    public void Field_names_do_not_care_about_case() =>
        Assert.Equal("1", Parse("SHA256: 1\n").Single()["sha256"]);

    [Fact]
    public void Comments_and_lines_without_a_field_are_passed_over() =>
        Assert.Equal("1", Parse("# Package: no\nnonsense\nPackage: 1\n").Single()["Package"]);

    [Fact]
    public void A_missing_field_is_named()
    {
        var exception = Assert.Throws<FixtureException>(() => Parse("Package: a\n").Single().Required("Version"));

        Assert.Contains("'Version'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closure_that_was_kept_reads_as_it_was_written()
    {
        var package = Samples.Deb("a", "1.0-1", "Depends: b (>= 2) | c\nDescription: short\n long\n .\n more");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var available = new Dictionary<string, string> { ["gone"] = "", ["there"] = "1:2" };
            ClosureFile.Write(path, new Closure("question", [package], [Samples.Deb("n", "2")], available));

            var read = ClosureFile.Read(path, "question")!;

            Assert.Equal("short\nlong\n.\nmore", read.Base.Single().Control["Description"]);
            Assert.Equal("c", read.Base.Single().Depends.Single().Alternatives[1].Name);
            Assert.Equal("n", read.Additional.Single().Name);
            Assert.Equal(available, read.Available);
            Assert.Null(ClosureFile.Read(path, "another question"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<ControlParagraph> Parse(string text) => [.. ControlParser.Parse(new StringReader(text))];
}
