namespace NodeImage.Compose.Engines;

/// <summary>The names that architectures go by: rpm's, Go's (and so OCI's), and .NET's.</summary>
public static class Architectures
{
    private static readonly (string Rpm, string Go, string DotNet)[] Known =
    [
        ("x86_64", "amd64", "x64"),
        ("aarch64", "arm64", "arm64"),
        ("s390x", "s390x", "s390x"),
        ("ppc64le", "ppc64le", "ppc64le"),
    ];

    /// <summary>The names of the runtime identifiers that images can be made for.</summary>
    public static IEnumerable<string> RuntimeIdentifiers => Known.Select(names => $"linux-{names.DotNet}");

    /// <summary>The OCI name of an architecture.</summary>
    /// <param name="rpm">rpm's name.</param>
    /// <returns>Go's name; the same where it is not known.</returns>
    public static string ToGo(string rpm) => Array.Find(Known, names => names.Rpm == rpm).Go ?? rpm;

    /// <summary>rpm's name of an architecture.</summary>
    /// <param name="go">Go's name.</param>
    /// <returns>rpm's name; the same where it is not known.</returns>
    public static string FromGo(string go) => Array.Find(Known, names => names.Go == go).Rpm ?? go;

    /// <summary>rpm's names of the architectures that images can be made for.</summary>
    public static IEnumerable<string> All => Known.Select(names => names.Rpm);

    /// <summary>The runtime identifier of an architecture.</summary>
    /// <param name="rpm">rpm's name.</param>
    /// <returns>The identifier, such as <c>linux-x64</c>.</returns>
    public static string ToRuntimeIdentifier(string rpm) => $"linux-{Array.Find(Known, names => names.Rpm == rpm).DotNet ?? rpm}";

    /// <summary>The architecture of a runtime identifier.</summary>
    /// <param name="runtimeIdentifier">The identifier, such as <c>linux-x64</c>.</param>
    /// <returns>rpm's name, or null for one that no image can be made for.</returns>
    public static string? FromRuntimeIdentifier(string runtimeIdentifier) =>
        Array.Find(Known, names => $"linux-{names.DotNet}" == runtimeIdentifier).Rpm;
}
