using System.ComponentModel;

namespace NodeImage.Schema.Model;

/// <summary>A target.</summary>
public sealed record TargetDescription
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it belongs to the .NET SDK.</summary>
    public bool Inherited { get; init; }

    /// <summary>How it is run, where a user runs it.</summary>
    [Description("The command that runs it; left out where it is a step of another.")]
    public string? Command { get; init; }

    /// <summary>The version of the SDK that first had it.</summary>
    public required string Since { get; init; }

    /// <summary>What it does.</summary>
    public required string Description { get; init; }
}

/// <summary>An environment variable.</summary>
public sealed record VariableDescription
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the SDK that first read it.</summary>
    public required string Since { get; init; }

    /// <summary>What it means.</summary>
    public required string Description { get; init; }
}

/// <summary>A diagnostic.</summary>
public sealed record DiagnosticEntry
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its severity unless a project changes it: error, warning or message.</summary>
    public required string Severity { get; init; }

    /// <summary>The version of the SDK that first raised it.</summary>
    public required string Since { get; init; }

    /// <summary>What is wrong, in a few words.</summary>
    public required string Title { get; init; }
}

/// <summary>Names of MSBuild and the .NET SDK that the targets use.</summary>
public sealed record PlatformNames
{
    /// <summary>Properties that are read.</summary>
    public required IReadOnlyList<string> Reads { get; init; }

    /// <summary>Properties that are set.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>Items.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>Metadata, as <c>Item.Metadata</c>.</summary>
    public required IReadOnlyList<string> Metadata { get; init; }

    /// <summary>Targets that are defined anew.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Properties that could be taken for described ones that are misspelt.</summary>
    [Description("Properties that could be taken for described ones that are misspelt: their names differ in one or two letters.")]
    public required IReadOnlyList<string> NeighbouringProperties { get; init; }

    /// <summary>Items that could be taken for described ones that are misspelt.</summary>
    [Description("Items that could be taken for described ones that are misspelt: their names differ in one or two letters.")]
    public required IReadOnlyList<string> NeighbouringItems { get; init; }

    /// <summary>Metadata that any item can have.</summary>
    [Description("Metadata that any item can have: project systems give and read it.")]
    public required IReadOnlyList<string> CommonMetadata { get; init; }
}
