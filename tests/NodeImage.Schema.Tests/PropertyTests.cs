using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using NodeImage.Schema.Model;
using NodeImage.Schema.Tests.Support;
using NodeImage.Tasks;

namespace NodeImage.Schema.Tests;

/// <summary>Properties have the defaults that are described, and take the values that are described.</summary>
public sealed partial class PropertyTests
{
    // Those whose values the tasks know; releases and architectures have patterns and tests of their own.
    private static readonly IReadOnlyDictionary<string, string> Parameters = Checkout.Targets
        .SelectMany(document => document.Descendants("CollectImageDefinition"))
        .SelectMany(task => task.Attributes())
        .Select(attribute => (Parameter: attribute.Name.LocalName, Match: WholeProperty().Match(attribute.Value)))
        .Where(pair => pair.Match.Success)
        .Select(pair => KeyValuePair.Create(pair.Match.Groups[1].Value, pair.Parameter))
        .Distinct()
        .ToDictionary(StringComparer.Ordinal);

    [Theory]
    [InlineData("Base")]
    [InlineData("Layered")]
    public void A_default_is_what_a_project_that_says_nothing_has(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("nodeimage-schema-");
        try
        {
            var file = Path.Combine(folder.FullName, "image.osproj");
            var sdk = Checkout.At("sdk/Sdk");
            File.WriteAllText(
                file,
                $"<Project><Import Project=\"{sdk}/Sdk.props\" /><PropertyGroup><OSImageKind>{kind}</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup><Import Project=\"{sdk}/Sdk.targets\" /></Project>");
            using var collection = new ProjectCollection();
            var project = collection.LoadProject(file);
            Assert.All(
                Checkout.Schema.Properties.Where(property => property.Default is not null && property.ImageKinds?.Contains(kind) != false),
                property => Assert.Equal($"{property.Name}={property.Default}", $"{property.Name}={project.GetPropertyValue(property.Name)}"));
            // What has no default is empty: one that the targets give has to be told of.
            Assert.All(
                Checkout.Schema.Properties.Where(property => property is { Default: null, DefaultText: null, Required: false }),
                property => Assert.Equal($"{property.Name}=", $"{property.Name}={project.GetPropertyValue(property.Name)}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_value_that_is_described_is_taken(string property, string value) => Assert.Empty(Errors(property, value));

    [Theory]
    [MemberData(nameof(Checked))]
    public void A_value_that_is_not_described_is_refused(string property) => Assert.Single(Errors(property, "Sideways"));

    // A library is no image: the targets know that kind, and this task never sees it.
    public static TheoryData<string, string> Choices() =>
        [.. Known().SelectMany(property => Checkout.Schema.Type(property.Type)!.Values.Select(value => (property.Name, value.Name))).Where(pair => pair is not ("OSImageKind", "Overlay"))];

    public static TheoryData<string> Checked() => [.. Known().Select(property => property.Name)];

    private static IEnumerable<ValueDescription> Known() => Checkout.Schema.Properties.Where(property => property.Kind == ValueKind.Enum && Parameters.ContainsKey(property.Name));

    private static List<string> Errors(string property, string value)
    {
        var folder = Directory.CreateTempSubdirectory("nodeimage-schema-");
        try
        {
            var file = Path.Combine(folder.FullName, "image.osproj");
            File.WriteAllText(file, "<Project />");
            var engine = new RecordingEngine();
            using var task = new CollectImageDefinition
            {
                BuildEngine = engine,
                ProjectFile = file,
                DefinitionFile = Path.Combine(folder.FullName, "definition.json"),
                PackagesFile = Path.Combine(folder.FullName, "packages.json"),
                Kind = "Base",
                Name = "image",
                TargetFramework = "rhel9.6",
                RuntimeIdentifier = "linux-x64",
            };
            typeof(CollectImageDefinition).GetProperty(Parameters[property], BindingFlags.Public | BindingFlags.Instance)!.SetValue(task, value);
            ((ITask)task).Execute();
            return [.. engine.Errors.Select(error => $"{error.Code}: {error.Message}")];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^\$\((\w+)\)$")]
    private static partial Regex WholeProperty();
}
