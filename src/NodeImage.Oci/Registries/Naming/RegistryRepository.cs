using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Oci.Registries.Naming;

/// <summary>A repository of a registry, whose name has been held to the grammar of the OCI distribution specification.</summary>
public sealed partial record RegistryRepository
{
    // Docker and many registries take no longer ones, the registry included.
    private const int LongestName = 255;

    private RegistryRepository(RegistryName registry, string name)
    {
        Registry = registry;
        Name = name;
    }

    /// <summary>The registry.</summary>
    public RegistryName Registry { get; }

    /// <summary>The name within the registry, such as <c>team/node</c>.</summary>
    public string Name { get; }

    /// <summary>Names a repository.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="name">The name within it; on Docker Hub one without a <c>/</c> is in <c>library</c>.</param>
    /// <param name="repository">The repository, when the result is true.</param>
    /// <returns>Whether the name is a repository's.</returns>
    public static bool TryCreate(RegistryName registry, string name, [NotNullWhen(true)] out RegistryRepository? repository)
    {
        repository = null;
        if (name.Length + registry.ToString().Length >= LongestName || !Grammar().IsMatch(name))
        {
            return false;
        }

        repository = new RegistryRepository(registry, registry.IsDockerHub && !name.Contains('/', StringComparison.Ordinal) ? $"library/{name}" : name);
        return true;
    }

    /// <summary>Names a repository as <see cref="TryCreate"/> does.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="name">The name within it.</param>
    /// <param name="subject">The item or property that it comes from, for diagnostics.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="DiagnosticException">The name is no repository's.</exception>
    public static RegistryRepository Create(RegistryName registry, string name, ItemReference? subject = null) =>
        TryCreate(registry, name, out var repository)
            ? repository
            : throw RegistryDiagnostics.NameInvalid.Error(subject, name, "a repository has parts of small letters and digits, joined by '.', '_', '__' or '-', with '/' between the parts, and up to 255 characters with its registry.");

    /// <summary>Registry and name.</summary>
    /// <returns>The text, such as <c>registry.example.com/team/node</c>.</returns>
    public override string ToString() => $"{Registry}/{Name}";

    // OCI distribution specification 1.1, "Pulling manifests": <name>.
    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
