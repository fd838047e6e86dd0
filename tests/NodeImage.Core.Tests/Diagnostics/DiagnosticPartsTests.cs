using NodeImage.Core.Diagnostics.Logs;

namespace NodeImage.Core.Tests.Diagnostics;

/// <summary>A project's diagnostics are those that each step has shown last.</summary>
public sealed class DiagnosticPartsTests : IDisposable
{
    private static readonly DiagnosticStep Definition = new("rhel9.6.linux-x64", 1, "Definition");
    private static readonly DiagnosticStep Compose = new("rhel9.6.linux-x64", 4, "Compose");

    private readonly TemporaryFolder _folder = new();

    private DiagnosticParts Parts => new(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Steps_add_up()
    {
        Parts.Replace(Definition, [Of("NI1018")], dropsLater: false);
        Parts.Replace(Compose, [Of("NI3503"), Of("NI4003")], dropsLater: false);
        Assert.Equal(["NI1018", "NI3503", "NI4003"], Codes());
    }

    [Fact]
    public void A_step_that_runs_again_replaces_what_it_showed()
    {
        Parts.Replace(Compose, [Of("NI3503")], dropsLater: false);
        Parts.Replace(Compose, [Of("NI4003")], dropsLater: false);
        Assert.Equal(["NI4003"], Codes());
        Parts.Replace(Compose, [], dropsLater: false);
        Assert.Empty(Codes());
    }

    [Fact]
    public void A_step_that_is_not_run_again_keeps_what_it_showed()
    {
        Parts.Replace(Compose, [Of("NI3503")], dropsLater: false);
        Parts.Replace(Definition, [], dropsLater: false);
        Assert.Equal(["NI3503"], Codes());
    }

    [Fact]
    public void Where_a_build_ends_later_steps_have_shown_nothing()
    {
        Parts.Replace(Compose, [Of("NI3503")], dropsLater: false);
        Parts.Replace(Compose with { Target = "rhel9.6.linux-arm64" }, [Of("NI4003")], dropsLater: false);
        Parts.Replace(Definition, [Of("NI1005")], dropsLater: true);
        Assert.Equal(["NI1005", "NI4003"], Codes());
    }

    [Fact]
    public void A_damaged_part_counts_as_none()
    {
        Parts.Replace(Compose, [Of("NI3503")], dropsLater: false);
        Parts.Replace(Definition, [Of("NI1018")], dropsLater: false);
        File.WriteAllText(Directory.GetFiles(_folder.Root, "*Compose*").Single(), "[{\"Code\":");
        Assert.Equal(["NI1018"], Codes());
    }

    [Theory]
    [InlineData("build.sarif", "build.sarif", null, true)]
    [InlineData(" build.sarif , version=2.1", "build.sarif", "2.1", true)]
    [InlineData("build.sarif,version=2", "build.sarif", "2", true)]
    [InlineData("build.sarif,VERSION=1", "build.sarif", "1", false)]
    [InlineData("build.sarif,version=", "build.sarif", "", false)]
    [InlineData("a,b.sarif", "a,b.sarif", null, true)]
    public void The_property_is_read_as_the_compiler_reads_it(string text, string path, string? version, bool supported)
    {
        var option = ErrorLogOption.Parse(text);
        Assert.Equal((path, version, supported), (option.Path, option.Version, option.IsSupported));
    }

    private IEnumerable<string> Codes() => Parts.ReadAll().Select(diagnostic => diagnostic.Code).Order(StringComparer.Ordinal);

    private static LoggedDiagnostic Of(string code) => new() { Code = code, Title = "A title", Message = "A message.", Line = 3 };
}
