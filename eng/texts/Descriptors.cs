using System.Reflection;
using NodeImage.Core.Diagnostics;
using NodeImage.Tasks;

namespace NodeImage.Texts;

/// <summary>The kinds of diagnostics that the SDK has.</summary>
public static class Descriptors
{
    private static readonly string[] Assemblies = ["NodeImage.Core", "NodeImage.Rpm", "NodeImage.Oci", "NodeImage.Treefiles", "NodeImage.Compose"];

    /// <summary>Finds all of them.</summary>
    /// <returns>The static fields of all assemblies, by code.</returns>
    public static IReadOnlyList<DiagnosticDescriptor> All() =>
    [
        .. Assemblies.Select(Assembly.Load)
            .Append(typeof(CollectImageDefinition).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal),
    ];
}
