using System.Collections.Immutable;

namespace NodeImage.Compose.Definition;

/// <summary>What an extension's packages are for.</summary>
public enum ExtensionKind
{
    /// <summary>They are installed on nodes, on top of what those have. Also written <c>os-extension</c>.</summary>
    OSExtension,

    /// <summary>They are used elsewhere, such as in containers that build kernel modules; nodes may have them already.</summary>
    Development,
}

/// <summary>A named set of packages of an extensions image, as rpm-ostree's <c>extensions.yaml</c> has them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Packages">The packages that it consists of, in the project's order.</param>
public sealed record ExtensionDefinition(string Name, ImmutableArray<string> Packages)
{
    /// <summary>What the packages are for.</summary>
    public ExtensionKind Kind { get; init; }

    /// <summary>The package of the node image whose version all of the extension's packages must have, or null.</summary>
    public string? MatchBaseEvr { get; init; }

    /// <summary>The repositories that are there for this extension, besides those that are there for all; sorted.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];
}
