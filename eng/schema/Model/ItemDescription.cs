using System.ComponentModel;

namespace NodeImage.Schema.Model;

/// <summary>A type of items.</summary>
public sealed record ItemDescription
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the .NET SDK has it too, with metadata of its own.</summary>
    [Description("Whether it belongs to the .NET SDK, and has further metadata there.")]
    public bool Inherited { get; init; }

    /// <summary>The kinds of image that it has a meaning for.</summary>
    [Description("The values of OSImageKind for which it has a meaning; left out where it is all of them.")]
    public IReadOnlyList<string>? ImageKinds { get; init; }

    /// <summary>The version of the SDK that first had it.</summary>
    public required string Since { get; init; }

    /// <summary>Why and in favour of what it is given up.</summary>
    [Description("Why it should no longer be used, and what to use instead.")]
    public string? Deprecated { get; init; }

    /// <summary>What it means.</summary>
    [Description("What it means, in one or two sentences of Markdown. Links are relative to docs/.")]
    public required string Description { get; init; }

    /// <summary>What <c>Include</c> names.</summary>
    public required IncludeDescription Include { get; init; }

    /// <summary>How it is written in a project.</summary>
    [Description("Lines of a project.")]
    public required IReadOnlyList<string> Example { get; init; }

    /// <summary>Its metadata.</summary>
    public required IReadOnlyList<ValueDescription> Metadata { get; init; }
}

/// <summary>What the <c>Include</c> of an item names.</summary>
public sealed record IncludeDescription
{
    /// <summary>What kind of value it is.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>What it names, as the end of a sentence.</summary>
    public required string Description { get; init; }
}
