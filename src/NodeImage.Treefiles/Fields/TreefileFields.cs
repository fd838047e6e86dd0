using System.Collections.Frozen;
using System.Collections.Immutable;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Treefiles.Fields;

/// <summary>
/// All fields of a treefile: rpm-ostree's <c>docs/treefile.md</c> and the structures of <c>rust/src/treefile.rs</c>. Reading,
/// merging, writing and near names all go by this one table.
/// </summary>
public static class TreefileFields
{
    /// <summary>What the names of fields with an architecture's packages begin with.</summary>
    public const string ArchitecturePackages = "packages-";

    private static readonly string[] Places = ["inline", "detached", "disabled"];

    /// <summary>The fields, in the order in which they are written.</summary>
    public static ImmutableArray<TreefileField> All { get; } =
    [
        new("edition", FieldTypes.Choice(["2014", "2024"]), FieldMerge.ChildWins),
        new("ref", FieldTypes.Text, FieldMerge.ChildWins) { Substitutes = true },
        new("metadata", FieldTypes.Map, FieldMerge.ByName) { Substitutes = true },
        new("basearch", FieldTypes.Text, FieldMerge.ChildWins),
        new("variables", FieldTypes.Variables, FieldMerge.Consumed),
        new("rojig", RecordTypes.Rojig, FieldMerge.ChildWins) { Substitutes = true, IsDeprecated = true },
        new("gpg-key", FieldTypes.Text, FieldMerge.ChildWins) { LegacyName = "gpg_key" },
        new("include", FieldTypes.TextOrTexts, FieldMerge.Consumed),
        new("arch-include", FieldTypes.ArchitectureFiles, FieldMerge.Consumed),
        new("conditional-include", ConditionalInclude.Type, FieldMerge.Consumed),
        new("releasever", FieldTypes.TextOrNumber, FieldMerge.ChildWins),
        new("automatic-version-prefix", FieldTypes.Text, FieldMerge.ChildWins) { Substitutes = true, LegacyName = "automatic_version_prefix" },
        new("automatic-version-suffix", FieldTypes.Text, FieldMerge.ChildWins),
        new("mutate-os-release", FieldTypes.Text, FieldMerge.ChildWins) { Substitutes = true },
        new("repos", FieldTypes.Texts, FieldMerge.Concatenate),
        new("lockfile-repos", FieldTypes.Texts, FieldMerge.Concatenate) { IsExperimental = true },
        new("repovars", FieldTypes.TextMap, FieldMerge.ByName),
        new("platform-module", FieldTypes.Text, FieldMerge.TopOnly) { Substitutes = true, IsDeprecated = true },
        new("packages", FieldTypes.Packages, FieldMerge.Union, FieldScope.Common),
        new("bootstrap-packages", FieldTypes.Packages, FieldMerge.Consumed) { LegacyName = "bootstrap_packages", IsDeprecated = true },
        new("repo-packages", RecordTypes.RepoPackages, FieldMerge.LastRepository, FieldScope.Common),
        new("exclude-packages", FieldTypes.Texts, FieldMerge.Concatenate),
        new("recommends", FieldTypes.Flag, FieldMerge.ChildWins),
        new("documentation", FieldTypes.Flag, FieldMerge.ChildWins),
        new("install-langs", FieldTypes.Texts, FieldMerge.Concatenate),
        new("ostree-layers", FieldTypes.Texts, FieldMerge.Concatenate),
        new("ostree-override-layers", FieldTypes.Texts, FieldMerge.Concatenate),
        new("units", FieldTypes.Texts, FieldMerge.Concatenate),
        new("default-target", FieldTypes.Text, FieldMerge.ChildWins) { LegacyName = "default_target" },
        new("container", FieldTypes.Flag, FieldMerge.ChildWins),
        new("container-cmd", FieldTypes.Texts, FieldMerge.ChildWins),
        new("selinux", FieldTypes.Flag, FieldMerge.ChildWins),
        new("selinux-label-version", FieldTypes.Number, FieldMerge.ChildWins),
        new("ima", FieldTypes.Flag, FieldMerge.ChildWins),
        new("ignore-devices", FieldTypes.Flag, FieldMerge.ChildWins),
        new("readonly-executables", FieldTypes.Flag, FieldMerge.ChildWins),
        new("boot-location", FieldTypes.Choice(["new", "modules", "kernel-install"]), FieldMerge.ChildWins) { LegacyName = "boot_location" },
        new("tmp-is-dir", FieldTypes.Flag, FieldMerge.ChildWins),
        new("opt-usrlocal", FieldTypes.Choice(["var", "root", "state-overlay"], ("stateoverlay", "state-overlay")), FieldMerge.ChildWins),
        new("machineid-compat", FieldTypes.Flag, FieldMerge.ChildWins),
        new("initramfs-args", FieldTypes.Texts, FieldMerge.Concatenate) { IsDeprecated = true },
        new("no-initramfs", FieldTypes.Flag, FieldMerge.ChildWins),
        new("cliwrap", FieldTypes.Flag, FieldMerge.ChildWins, FieldScope.Common) { IsDeprecated = true },
        new("cliwrap-binaries", FieldTypes.Texts, FieldMerge.Concatenate, FieldScope.Common) { IsDeprecated = true },
        new("sysusers", FieldTypes.Choice(["compose-auto", "compose-forced"]), FieldMerge.ChildWins),
        new("preserve-passwd", FieldTypes.Flag, FieldMerge.ChildWins),
        new("etc-group-members", FieldTypes.Texts, FieldMerge.Concatenate),
        new("check-passwd", RecordTypes.CheckUsers, FieldMerge.ChildWins),
        new("check-groups", RecordTypes.CheckGroups, FieldMerge.ChildWins),
        new("ignore-removed-users", FieldTypes.TextSet, FieldMerge.Union),
        new("ignore-removed-groups", FieldTypes.TextSet, FieldMerge.Union),
        new("remove-from-packages", FieldTypes.PackageFiles, FieldMerge.Concatenate),
        new("remove-files", FieldTypes.Texts, FieldMerge.Concatenate),
        new("add-files", FieldTypes.Pairs, FieldMerge.Concatenate),
        new("postprocess", FieldTypes.Texts, FieldMerge.Concatenate),
        new("postprocess-script", FieldTypes.Text, FieldMerge.ChildWins),
        new("rpmdb", FieldTypes.Choice(["bdb", "sqlite", "ndb", "target", "host"], ("b-d-b", "bdb")), FieldMerge.ChildWins),
        new("rpmdb-normalize", FieldTypes.Flag, FieldMerge.ChildWins),
        new("add-commit-metadata", FieldTypes.Map, FieldMerge.ByName) { Substitutes = true },
        new("repo-metadata", FieldTypes.Choice(Places), FieldMerge.TopOnly),
        new("advisories-metadata", FieldTypes.Choice(Places), FieldMerge.TopOnly),
        new("base-refspec", FieldTypes.Text, FieldMerge.ChildWins, FieldScope.Derive),
        new("container-image-reference", FieldTypes.Text, FieldMerge.ChildWins, FieldScope.Derive),
        new("packages-local", FieldTypes.TextMap, FieldMerge.ByName, FieldScope.Derive),
        new("packages-local-fileoverride", FieldTypes.TextMap, FieldMerge.ByName, FieldScope.Derive),
        new("override-remove", FieldTypes.TextSet, FieldMerge.Union, FieldScope.Derive),
        new("ex-override-replace", RecordTypes.OverrideReplace, FieldMerge.LastRepository, FieldScope.Derive),
        new("override-replace-local", FieldTypes.TextMap, FieldMerge.ByName, FieldScope.Derive),
        new("initramfs", RecordTypes.Initramfs, FieldMerge.ChildWins, FieldScope.Derive),
        new("custom", RecordTypes.Custom, FieldMerge.ChildWins, FieldScope.Derive),
        new("override-commit", FieldTypes.Text, FieldMerge.ChildWins, FieldScope.Derive),
        new("unconfigured-state", FieldTypes.Text, FieldMerge.ChildWins, FieldScope.Derive),
    ];

    private static readonly FrozenDictionary<string, TreefileField> ByName = All.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, TreefileField> ByLegacyName = All.Where(field => field.LegacyName is not null).ToFrozenDictionary(field => field.LegacyName!, StringComparer.Ordinal);

    /// <summary>Finds a field.</summary>
    /// <param name="name">Its name, as it is written today.</param>
    /// <returns>The field, or null.</returns>
    public static TreefileField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Finds a field by the spelling that it had.</summary>
    /// <param name="name">The spelling with underscores.</param>
    /// <returns>The field, or null.</returns>
    public static TreefileField? FindLegacy(string name) => ByLegacyName.GetValueOrDefault(name);

    /// <summary>Asks whether another field is meant.</summary>
    /// <param name="name">A name that is no field's.</param>
    /// <returns>The question with a space before it, or nothing where none is near.</returns>
    public static string Ask(string name) => NearNames.Ask(name, All.Select(field => field.Name));
}
