using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NodeImage.Schema.Model;

/// <summary>Reads the description, and sees to it that it is consistent.</summary>
public static partial class SchemaFile
{
    /// <summary>Where the description is, below the repository's root.</summary>
    public const string Path = "sdk/schema/nodeimage.schema.json";

    /// <summary>How the file is written.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter<ValueKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads the description of a checkout.</summary>
    /// <param name="root">The repository's root.</param>
    /// <returns>The description.</returns>
    /// <exception cref="SchemaException">It is malformed or contradicts itself.</exception>
    public static SchemaDescription Read(string root) => Parse(File.ReadAllText(System.IO.Path.Combine(root, Path)));

    /// <summary>Reads a description.</summary>
    /// <param name="json">The file's text.</param>
    /// <returns>The description.</returns>
    /// <exception cref="SchemaException">It is malformed or contradicts itself.</exception>
    public static SchemaDescription Parse(string json)
    {
        try
        {
            var schema = JsonSerializer.Deserialize<SchemaDescription>(json, Options) ?? throw new SchemaException($"{Path} is empty");
            var problems = Problems(schema).ToList();
            return problems.Count == 0 ? schema : throw new SchemaException(string.Join('\n', problems));
        }
        catch (JsonException e)
        {
            throw new SchemaException($"{Path} is malformed: {e.Message}", e);
        }
    }

    private static IEnumerable<string> Problems(SchemaDescription schema) =>
    [
        .. Repeated("type", schema.Types.Select(type => type.Name)),
        .. Repeated("property or item", [.. schema.Properties.Select(property => property.Name), .. schema.Items.Select(item => item.Name)]),
        .. Repeated("target", schema.Targets.Select(target => target.Name)),
        .. Repeated("diagnostic", schema.Diagnostics.Select(diagnostic => diagnostic.Code)),
        .. schema.Items.SelectMany(item => Repeated($"metadata of {item.Name}", item.Metadata.Select(metadata => metadata.Name))),
        .. schema.Properties.SelectMany(property => Problems(schema, property, property.Name)),
        .. schema.Items.SelectMany(item => item.Metadata.SelectMany(metadata => Problems(schema, metadata, $"{item.Name}.{metadata.Name}"))),
        .. schema.Items.Where(item => item.Example.Count == 0).Select(item => $"{item.Name} has no example"),
        .. Names(schema).Where(name => !Name().IsMatch(name)).Select(name => $"'{name}' is no name that MSBuild takes"),
        .. schema.Diagnostics.Where(entry => entry.Severity is not ("error" or "warning" or "message")).Select(entry => $"{entry.Code} has the unknown severity {entry.Severity}"),
        .. schema.Diagnostics.Select(entry => entry.Code).SequenceEqual(schema.Diagnostics.Select(entry => entry.Code).Order(StringComparer.Ordinal))
            ? (string[])[]
            : ["the diagnostics are not sorted by code"],
        .. Kinds(schema).Except(schema.Type("image-kind")!.Values.Select(value => value.Name)).Select(kind => $"there is no kind of image {kind}"),
    ];

    private static IEnumerable<string> Names(SchemaDescription schema) =>
    [
        .. schema.Properties.Select(property => property.Name),
        .. schema.Items.SelectMany(item => item.Metadata.Select(metadata => metadata.Name).Prepend(item.Name)),
        .. schema.Platform.NeighbouringProperties, .. schema.Platform.NeighbouringItems, .. schema.Platform.CommonMetadata,
    ];

    private static IEnumerable<string> Kinds(SchemaDescription schema) =>
        schema.Properties.Concat(schema.Items.SelectMany(item => item.Metadata)).SelectMany(value => value.ImageKinds ?? [])
            .Concat(schema.Items.SelectMany(item => item.ImageKinds ?? []));

    private static IEnumerable<string> Repeated(string what, IEnumerable<string> names) =>
        names.CountBy(name => name, StringComparer.OrdinalIgnoreCase).Where(count => count.Value > 1).Select(count => $"the {what} {count.Key} is described twice");

    private static IEnumerable<string> Problems(SchemaDescription schema, ValueDescription value, string name)
    {
        if (value.Type is not null && schema.Types.All(type => type.Name != value.Type))
        {
            yield return $"{name} has the type {value.Type}, which does not exist";
        }

        if (value.Kind == ValueKind.Enum ? value.Type is null : value.Type is not null && value.Kind != ValueKind.List)
        {
            yield return $"{name} needs a type where its kind is enum, may have one where it is list, and has none else";
        }

        if ((value.Default is not null ? 1 : 0) + (value.DefaultText is not null ? 1 : 0) + (value.Required ? 1 : 0) > 1)
        {
            yield return $"{name} has more than one of required, default and defaultText";
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$")]
    private static partial Regex Name();
}

/// <summary>The description, or a place that something is generated into, is wrong.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Makes an exception.</summary>
    public SchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that carries the failure beneath it.</summary>
    public SchemaException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
