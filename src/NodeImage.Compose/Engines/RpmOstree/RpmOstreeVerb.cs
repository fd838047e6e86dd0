using System.Collections.Frozen;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>
/// A subcommand of rpm-ostree with the options that it takes: rpm-ostree 2026, <c>rust/src/compose.rs</c>, <c>rust/src/treefile.rs</c> and
/// <c>src/app/rpmostree-compose-builtin-tree.cxx</c>.
/// </summary>
/// <param name="Words">The words that call it, beginning with the program's name.</param>
/// <param name="Options">The options that it takes, each with whether a value follows.</param>
/// <param name="Operands">How many operands it takes; -1 for any number.</param>
public sealed record RpmOstreeVerb(IReadOnlyList<string> Words, FrozenDictionary<string, bool> Options, int Operands)
{
    /// <summary>Composes a container image of a treefile: <c>compose image MANIFEST OUTPUT</c>.</summary>
    public static RpmOstreeVerb ComposeImage { get; } = new(
        ["rpm-ostree", "compose", "image"],
        Table(
            flags: ["--initialize", "--force-nocache", "--offline", "--lockfile-strict"],
            valued: ["--cachedir", "--source-root", "--authfile", "--layer-repo", "--initialize-mode", "--format", "--write-lockfile-to", "--lockfile", "--label", "--image-config", "--touch-if-changed", "--copy-retry-times", "--max-layers"]),
        2);

    /// <summary>Composes a tree of files of a treefile: <c>compose rootfs MANIFEST DEST</c>.</summary>
    public static RpmOstreeVerb ComposeRootfs { get; } = new(
        ["rpm-ostree", "compose", "rootfs"],
        Table(flags: [], valued: ["--cachedir", "--source-root", "--source-root-rw", "--lockfile"]),
        2);

    /// <summary>Makes a chunked image of a tree of files: <c>compose build-chunked-oci</c>.</summary>
    public static RpmOstreeVerb BuildChunkedOci { get; } = new(
        ["rpm-ostree", "compose", "build-chunked-oci"],
        Table(flags: ["--bootc"], valued: ["--rootfs", "--from", "--format-version", "--label", "--sign-commit", "--max-layers", "--previous-build", "--reference", "--output"]),
        0);

    /// <summary>Downloads the packages of extensions: <c>compose extensions TREEFILE EXTYAML</c>.</summary>
    public static RpmOstreeVerb ComposeExtensions { get; } = new(
        ["rpm-ostree", "compose", "extensions"],
        Table(flags: ["--unified-core"], valued: ["--output-dir", "--base-rev", "--cachedir", "--rootfs", "--touch-if-changed", "--repo", "--layer-repo"]),
        2);

    /// <summary>Carries out a treefile's packages and scripts in a container build: <c>experimental compose treefile-apply TREEFILE</c>.</summary>
    public static RpmOstreeVerb TreefileApply { get; } = new(
        ["rpm-ostree", "experimental", "compose", "treefile-apply"],
        Table(flags: [], valued: ["--var"]),
        1);

    private static FrozenDictionary<string, bool> Table(string[] flags, string[] valued) =>
        flags.Select(flag => KeyValuePair.Create(flag, false)).Concat(valued.Select(option => KeyValuePair.Create(option, true))).ToFrozenDictionary(StringComparer.Ordinal);
}
