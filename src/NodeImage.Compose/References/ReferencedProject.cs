using System.Xml.Linq;

namespace NodeImage.Compose.References;

/// <summary>What a project that is referenced says of itself when MSBuild asks for its target frameworks.</summary>
/// <param name="TargetFrameworks">The frameworks that it is built for.</param>
/// <param name="IsSingle">Whether it can be built without saying for which.</param>
/// <param name="Properties">For each framework, the properties that it tells of.</param>
public sealed record ReferencedProject(IReadOnlyList<string> TargetFrameworks, bool IsSingle, string Properties)
{
    private const string KindProperty = "OSImageKind";
    private const string RuntimesProperty = "_OSImageRuntimeIdentifiers";

    /// <summary>Whether it is an overlay library, and no base.</summary>
    public bool IsLibrary => IsOfKind("Overlay");

    /// <summary>Whether it makes an extensions image, and no base.</summary>
    public bool MakesExtensions => IsOfKind("Extensions");

    /// <summary>Whether it is for one architecture only, and for that one.</summary>
    /// <param name="runtimeIdentifier">The architecture, in .NET's words.</param>
    /// <returns>True when it need not be told what it is to be built for.</returns>
    public bool IsForOnly(string runtimeIdentifier) => Values(RuntimesProperty).ToList() is { Count: > 0 } values && values.TrueForAll(value => value == runtimeIdentifier);

    private bool IsOfKind(string kind) => Values(KindProperty).Any(value => value.Equals(kind, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Values(string name)
    {
        if (Properties.Length == 0)
        {
            return [];
        }

        // MSBuild writes <AdditionalProjectProperties><rhel9.6><OSImageKind>Base</OSImageKind>...</rhel9.6></AdditionalProjectProperties>;
        // names that are no element's are attributes instead.
        var root = XElement.Parse(Properties);
        return root.Descendants(name).Select(element => element.Value)
            .Concat(root.Descendants().Attributes(name).Select(attribute => attribute.Value));
    }
}
