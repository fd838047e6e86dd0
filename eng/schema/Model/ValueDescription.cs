using System.ComponentModel;

namespace NodeImage.Schema.Model;

/// <summary>A property of a project, or metadata of an item.</summary>
public sealed record ValueDescription
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of value it holds.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>The values that it, or each part of a list, can have.</summary>
    [Description("The name of the set of values that it, or each part of a list, can have.")]
    public string? Type { get; init; }

    /// <summary>Whether a project has to say it.</summary>
    public bool Required { get; init; }

    /// <summary>The value without a word of the project, where that is one literal.</summary>
    [Description("The value where the project says nothing, exactly as it is evaluated; left out where it is not always the same.")]
    public string? Default { get; init; }

    /// <summary>The value without a word of the project, in words.</summary>
    [Description("In words, where 'default' cannot say it.")]
    public string? DefaultText { get; init; }

    /// <summary>The kinds of image that it has a meaning for.</summary>
    [Description("The values of OSImageKind for which it has a meaning; left out where it is all of them.")]
    public IReadOnlyList<string>? ImageKinds { get; init; }

    /// <summary>Whether the .NET SDK has it too.</summary>
    [Description("Whether it belongs to the .NET SDK, and has its meaning there too.")]
    public bool Inherited { get; init; }

    /// <summary>Whether the SDK sets it and a project only reads it.</summary>
    [Description("Whether the SDK sets it; a project can only read it.")]
    public bool ReadOnly { get; init; }

    /// <summary>The version of the SDK that first had it.</summary>
    public required string Since { get; init; }

    /// <summary>Why and in favour of what it is given up.</summary>
    [Description("Why it should no longer be used, and what to use instead.")]
    public string? Deprecated { get; init; }

    /// <summary>What it means.</summary>
    [Description("What it means, in one or two sentences of Markdown. Links are relative to docs/.")]
    public required string Description { get; init; }

    /// <summary>How it is written in a project.</summary>
    public required string Example { get; init; }
}

/// <summary>A heading of properties.</summary>
public sealed record PropertyGroup
{
    /// <summary>What the reference's marker calls it.</summary>
    public required string Id { get; init; }

    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>The properties.</summary>
    public required IReadOnlyList<ValueDescription> Properties { get; init; }
}
