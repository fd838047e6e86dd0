using System.Xml.Linq;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>eng/emptied.sh</c> leaves no target out.</summary>
public sealed class EmptiedTargetsTests
{
    private static readonly string[][] Lines =
    [
        .. File.ReadLines(Path.Combine(Checkout.Root, "eng", "emptied", "targets.txt")).Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')),
    ];

    [Fact]
    public void Every_target_that_does_something_has_a_test_that_notices()
    {
        var targets = Directory.GetFiles(Path.Combine(Checkout.Root, "sdk", "targets"), "NodeImage.*.targets").SelectMany(path => XDocument.Load(path).Root!.Elements("Target")
            .Where(target => target.HasElements)
            .Select(target => $"{Path.GetFileNameWithoutExtension(path)["NodeImage.".Length..]} {target.Attribute("Name")!.Value}"));
        Assert.Equal(targets.Order(StringComparer.Ordinal), Lines.Select(line => $"{line[0]} {line[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_such_test_is_one()
    {
        var classes = typeof(EmptiedTargetsTests).Assembly.GetTypes().ToLookup(type => type.Name);
        Assert.All(Lines.Select(line => line[2].Split('.')), name => Assert.Contains(classes[name[0]], type => name[1] == "*" || type.GetMethod(name[1]) is not null));
    }
}
