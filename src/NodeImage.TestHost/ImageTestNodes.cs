using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Requests;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Testing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.TestHost;

/// <summary>The tests of an image in the platform's words.</summary>
/// <param name="settings">The image's settings.</param>
/// <param name="definition">What its project asks for.</param>
/// <param name="several">Whether other images are tested, too, so that a name must say which it is of.</param>
internal sealed class ImageTestNodes(ImageTestSettings settings, ImageDefinition definition, bool several)
{
    /// <summary>What stands where no test could be run.</summary>
    public static TestNode Obstacle(string message) => new() { Uid = "obstacle", DisplayName = "Tests can be run", Properties = new PropertyBag(new ErrorTestNodeStateProperty(message), new TrxFullyQualifiedTypeNameProperty("NodeImage")) };

    /// <summary>Whether a test is among those that the platform asks for.</summary>
    public bool IsChosen(string name, ITestExecutionFilter filter) => filter is not TestNodeUidListFilter list || list.TestNodeUids.Any(uid => uid.Value == Uid(name));

    /// <summary>A test that there is.</summary>
    public TestNode Discovered(string name) => Node(name, DiscoveredTestNodeStateProperty.CachedInstance);

    /// <summary>A test that has been run.</summary>
    public TestNode Finished(ImageTestResult result)
    {
        var node = Node(result.Name, result.Failure is null ? PassedTestNodeStateProperty.CachedInstance : new FailedTestNodeStateProperty(Explain(result.Name, result.Failure)));
        var now = TimeProvider.System.GetUtcNow();
        node.Properties.Add(new TimingProperty(new TimingInfo(now - result.Duration, now, result.Duration)));
        node.Properties.Add(new TrxFullyQualifiedTypeNameProperty(definition.Name));
        if (result.Failure is { } failure)
        {
            node.Properties.Add(new TrxExceptionProperty(Explain(result.Name, failure), ""));
        }

        if (result.Output.Length > 0)
        {
            node.Properties.Add(new StandardOutputProperty(result.Output));
            node.Properties.Add(new TrxMessagesProperty([new StandardOutputTrxMessage(result.Output)]));
        }

        return node;
    }

    private TestNode Node(string name, TestNodeStateProperty state)
    {
        var node = new TestNode { Uid = Uid(name), DisplayName = several ? $"{name} ({definition.Architecture})" : name };
        node.Properties.Add(state);
        if (Place(name) is { Line: > 0 } place)
        {
            var start = new LinePosition(place.Line, place.Column);
            node.Properties.Add(new TestFileLocationProperty(place.File, new LinePositionSpan(start, start)));
        }

        return node;
    }

    private string Uid(string name) => $"{definition.Name}/{definition.TargetFramework}/{definition.Architecture}/{name}";

    private SourcePlace Place(string name) => settings.Places.GetValueOrDefault(name) ?? new SourcePlace(settings.ProjectFile);

    private string Explain(string name, Diagnostic failure) => $"{Place(name)}: error {failure}";
}
