using System.ComponentModel;
using System.Text.Json.Serialization;

namespace NodeImage.Schema.Model;

/// <summary>All that a project can say to the SDK, and all that the SDK can say to a project.</summary>
[Description("All that a project can say to NodeImage.Sdk, and all that the SDK can say to a project.")]
public sealed record SchemaDescription
{
    /// <summary>The JSON schema of this file.</summary>
    [JsonPropertyName("$schema")]
    public required string Schema { get; init; }

    /// <summary>The version of the file's form.</summary>
    [Description("The version of this file's form.")]
    public required int Version { get; init; }

    /// <summary>Sets of values.</summary>
    [Description("Sets of values that properties and metadata refer to by name.")]
    public required IReadOnlyList<ValueType> Types { get; init; }

    /// <summary>Properties, in the order and under the headings of the reference.</summary>
    [Description("Properties, in the order and under the headings of docs/reference.md.")]
    public required IReadOnlyList<PropertyGroup> PropertyGroups { get; init; }

    /// <summary>Items, in the order of the reference.</summary>
    [Description("Items with their metadata.")]
    public required IReadOnlyList<ItemDescription> Items { get; init; }

    /// <summary>Targets that a user runs or hooks onto.</summary>
    [Description("Targets to run, and targets to stand before or after.")]
    public required IReadOnlyList<TargetDescription> Targets { get; init; }

    /// <summary>Environment variables that a build reads.</summary>
    [Description("Environment variables that a build reads.")]
    public required IReadOnlyList<VariableDescription> EnvironmentVariables { get; init; }

    /// <summary>Diagnostics, sorted by code.</summary>
    [Description("Diagnostics, sorted by code. Each has a page in docs/diagnostics.")]
    public required IReadOnlyList<DiagnosticEntry> Diagnostics { get; init; }

    /// <summary>Names of the .NET SDK that the targets use and that are not described here.</summary>
    [Description("Names of MSBuild and the .NET SDK that the SDK's targets use; they keep their own meanings and are not described here.")]
    public required PlatformNames Platform { get; init; }

    /// <summary>All properties.</summary>
    [JsonIgnore]
    public IEnumerable<ValueDescription> Properties => PropertyGroups.SelectMany(group => group.Properties);

    /// <summary>Finds a set of values.</summary>
    /// <param name="name">Its name, or null.</param>
    /// <returns>The set, or null where there is no name.</returns>
    public ValueType? Type(string? name) => name is null ? null : Types.Single(type => type.Name == name);
}
