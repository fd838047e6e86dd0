using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NodeImage.Schema.Tests.Support;

/// <summary>The types that project systems make of rules, as MSBuild's assembly for the .NET Framework declares them.</summary>
internal static class XamlTypes
{
    private const string Namespace = "Microsoft.Build.Framework.XamlTypes";

    private static readonly IReadOnlyDictionary<string, (string? Base, IReadOnlySet<string> Properties)> Types = Read();

    /// <summary>Whether there is a type.</summary>
    public static bool Exists(string type) => Types.ContainsKey(type);

    /// <summary>Whether a type or what it derives from has a property.</summary>
    public static bool HasProperty(string type, string property)
    {
        for (var next = type; next is not null && Types.TryGetValue(next, out var found); next = found.Base)
        {
            if (found.Properties.Contains(property))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, (string? Base, IReadOnlySet<string> Properties)> Read()
    {
        using var assembly = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "XamlTypes", "Microsoft.Build.Framework.dll")));
        var reader = assembly.GetMetadataReader();
        return reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => reader.GetString(type.Namespace) == Namespace)
            .ToDictionary(
                type => reader.GetString(type.Name),
                type => (
                    !type.BaseType.IsNil && type.BaseType.Kind == HandleKind.TypeDefinition ? reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType).Name) : null,
                    (IReadOnlySet<string>)type.GetProperties().Select(property => reader.GetString(reader.GetPropertyDefinition(property).Name)).ToHashSet(StringComparer.Ordinal)),
                StringComparer.Ordinal);
    }
}
