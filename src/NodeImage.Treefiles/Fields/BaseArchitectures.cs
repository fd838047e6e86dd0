namespace NodeImage.Treefiles.Fields;

/// <summary>The base architectures that repositories are made for, in rpm's words (libdnf's <c>basearch</c>).</summary>
public static class BaseArchitectures
{
    /// <summary>All of them, sorted.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["aarch64", "alpha", "armhfp", "i386", "ia64", "loongarch64", "mips", "mips64", "mips64el", "mipsel", "ppc", "ppc64", "ppc64le", "riscv64", "s390", "s390x", "sh3", "sh4", "sparc", "sparc64", "x86_64"];

    /// <summary>Whether there is such an architecture.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True for one that is known.</returns>
    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);
}
