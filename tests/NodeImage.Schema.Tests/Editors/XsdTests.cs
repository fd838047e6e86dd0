using System.Diagnostics;
using System.Xml.Linq;
using System.Xml.Schema;
using NodeImage.Schema.Tests.Completion;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Editors;

/// <summary>The XML schema takes what MSBuild takes, and sees slips of the pen in what is the SDK's.</summary>
public sealed class XsdTests
{
    private static readonly XmlSchemaSet Schemas = XsdEditor.Read(Checkout.At("sdk/schema/NodeImage.xsd"));

    public static TheoryData<string> Projects() => [.. Checkout.Projects()];

    [Fact]
    public void There_are_projects_to_hold_against_it() =>
        Assert.Subset(Checkout.Projects().ToHashSet(StringComparer.Ordinal), new HashSet<string> { "samples/node/node.osproj", "samples/rhel-coreos-base/rhel-coreos-base.osproj", "samples/repositories.props" });

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_are_valid(string path) => Assert.Empty(Problems(XDocument.Load(Checkout.At(path), LoadOptions.SetLineInfo)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_are_valid_to_xmllint(string path)
    {
        var (status, output) = Xmllint("--noout", "--schema", Checkout.At("sdk/schema/NodeImage.xsd"), Checkout.At(path));
        Assert.True(status == 0, output);
    }

    [Fact]
    public void Xmllint_finds_the_same_slip()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "<Project><ItemGroup><SystemdUnit Include=\"a.service\" Stat=\"Enabled\" /></ItemGroup></Project>");
            var (status, output) = Xmllint("--noout", "--schema", Checkout.At("sdk/schema/NodeImage.xsd"), file);
            Assert.NotEqual(0, status);
            Assert.Contains("'Stat'", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Examples_of_items_are_valid() => Assert.Empty(Checkout.Schema.Items
        .SelectMany(item => Problems(Parse($"<Project><ItemGroup>{string.Join('\n', item.Example)}</ItemGroup></Project>"))));

    [Fact]
    public void Examples_of_metadata_are_valid() => Assert.Empty(Checkout.Schema.Items
        .SelectMany(item => item.Metadata.SelectMany(metadata => Problems(Parse($"<Project><ItemGroup><{item.Name} Include=\"a\" {metadata.Example} /></ItemGroup></Project>")))));

    [Fact]
    public void Examples_of_properties_are_valid() => Assert.Empty(Checkout.Schema.Properties.Where(property => !property.ReadOnly)
        .SelectMany(property => Problems(Parse($"<Project><PropertyGroup>{property.Example}</PropertyGroup></Project>"))));

    [Fact]
    public void Defaults_are_valid() => Assert.Empty(Checkout.Schema.Properties.Where(property => property is { ReadOnly: false, Default: not null })
        .SelectMany(property => Problems(Parse($"<Project><PropertyGroup><{property.Name}>{property.Default}</{property.Name}></PropertyGroup></Project>"))));

    [Theory]
    [InlineData("<PropertyGroup><OurTeam>platform</OurTeam></PropertyGroup>")]
    [InlineData("<PropertyGroup Condition=\"'$(A)' == ''\"><OSImageKind Condition=\"'$(B)' == '1'\">$(OurKind)</OSImageKind></PropertyGroup>")]
    [InlineData("<PropertyGroup><OSImageKind>layered</OSImageKind><RpmInstallDocumentation>TRUE</RpmInstallDocumentation></PropertyGroup>")]
    [InlineData("<PropertyGroup><TargetFramework>rhel9.8</TargetFramework></PropertyGroup>")]
    [InlineData("<ItemGroup><None Include=\"README.md\" Pack=\"true\" /><OurItem Include=\"a\" Team=\"b\"><More>c</More></OurItem></ItemGroup>")]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\" Link=\"x\"><State>Enabled</State><Visible>false</Visible></SystemdUnit></ItemGroup>")]
    [InlineData("<ItemGroup><SystemdUnit Update=\"@(SystemdUnit)\" State=\"$(OurState)\" /><SystemdUnit Remove=\"b.service\" /></ItemGroup>")]
    [InlineData("<ItemGroup><ProjectReference Include=\"a.csproj\" ImagePath=\"/usr/bin/a\" Private=\"false\"><Aliases>b</Aliases></ProjectReference></ItemGroup>")]
    [InlineData("<ItemDefinitionGroup><RpmPackage><Team>platform</Team></RpmPackage></ItemDefinitionGroup>")]
    [InlineData("<Target Name=\"A\" AfterTargets=\"Build\"><ItemGroup><B Include=\"c\" /></ItemGroup><Message Text=\"d\" Importance=\"high\" /><OnError ExecuteTargets=\"E\" /></Target>")]
    [InlineData("<Choose><When Condition=\"'$(A)' == ''\"><PropertyGroup><B>c</B></PropertyGroup></When><Otherwise><ItemGroup /></Otherwise></Choose>")]
    [InlineData("<Import Project=\"a.props\" Sdk=\"B\" /><ImportGroup><Import Project=\"c\" Condition=\"Exists('c')\" /></ImportGroup><Sdk Name=\"D\" Version=\"1.0.0\" /><UsingTask TaskName=\"E\" AssemblyFile=\"F\" />")]
    public void What_MSBuild_takes_is_valid(string content) => Assert.Empty(Problems(Parse($"<Project Sdk=\"NodeImage.Sdk\">{content}</Project>")));

    [Theory]
    [InlineData("<PropertyGroup><OSImageKind>Layer</OSImageKind></PropertyGroup>", "OSImageKind")]
    [InlineData("<PropertyGroup><RpmInstallDocumentation>yes</RpmInstallDocumentation></PropertyGroup>", "RpmInstallDocumentation")]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\" Stat=\"Enabled\" /></ItemGroup>", "Stat")]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\"><Stat>Enabled</Stat></SystemdUnit></ItemGroup>", "Stat")]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\" State=\"On\" /></ItemGroup>", "State")]
    [InlineData("<ItemGroup><RpmRepository Include=\"a\" Priority=\"low\" /></ItemGroup>", "Priority")]
    [InlineData("<ItemGroup><RpmPackage Include=\"a\" Architectures=\"x86_64;amd64\" /></ItemGroup>", "Architectures")]
    [InlineData("<ItemGroups />", "ItemGroups")]
    public void A_slip_is_seen(string content, string name) =>
        Assert.Contains(Problems(Parse($"<Project Sdk=\"NodeImage.Sdk\">{content}</Project>")), problem => problem.Contains($"'{name}'", StringComparison.Ordinal));

    private static XDocument Parse(string text) => XDocument.Parse(text, LoadOptions.SetLineInfo);

    private static List<string> Problems(XDocument document)
    {
        var problems = new List<string>();
        document.Validate(Schemas, (_, e) => problems.Add($"({e.Exception.LineNumber},{e.Exception.LinePosition}): {e.Message}"));
        return problems;
    }

    private static (int Status, string Output) Xmllint(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("xmllint", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("xmllint (Debian: libxml2-utils) is not installed");
            throw;
        }
    }
}
