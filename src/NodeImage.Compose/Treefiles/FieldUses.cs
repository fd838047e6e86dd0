using System.Collections.Frozen;
using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Compose.Treefiles;

/// <summary>What becomes of each field of a treefile in a project: an item of its own, or a <c>TreefileField</c> that carries it along.</summary>
public static class FieldUses
{
    private static readonly FrozenDictionary<string, string> Own = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["packages"] = "RpmPackage items",
        ["repo-packages"] = "RpmPackage items with Repository",
        ["exclude-packages"] = "ExcludedPackage items",
        ["repos"] = "RpmRepository items",
        ["recommends"] = "the property RpmInstallWeakDependencies",
        ["documentation"] = "the property RpmInstallDocumentation",
        ["install-langs"] = "the property RpmInstallLanguages",
        ["ostree-layers"] = "Overlay items",
        ["ostree-override-layers"] = "Overlay items with LayerKind Override",
        ["units"] = "SystemdUnitState items",
        ["default-target"] = "the property DefaultTarget",
        ["mutate-os-release"] = "the property MutateOSRelease",
        ["automatic-version-prefix"] = "the property OSImageVersionPrefix",
        ["etc-group-members"] = "EtcGroupMember items",
        ["remove-from-packages"] = "PackageFileRemoval items",
        ["remove-files"] = "RemovedFile items",
        ["add-files"] = "Overlay items that are files",
        ["postprocess"] = "PostProcessScript items",
        ["postprocess-script"] = "a PostProcessScript item",
        ["container-cmd"] = "ContainerDefaultArgs items",
        ["initramfs-args"] = "the property InitramfsArguments",
        ["no-initramfs"] = "the property Initramfs",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Harmless, string Why)> Changing = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["container"] = ("false", "what is composed here is bootable"),
        ["ima"] = ("false", "signatures for IMA are not written into the files' attributes"),
        ["readonly-executables"] = ("false", "programs keep the permissions that their packages give them"),
        ["opt-usrlocal"] = ("var", "/opt and /usr/local are links into /var"),
        ["cliwrap"] = ("false", "no program is put in the place of rpm and its like"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What the check of pinned accounts reads, and what the project's own reading has used up.
    private static readonly FrozenSet<string> Used = ((string[])["ignore-removed-users", "ignore-removed-groups", "releasever", "repovars"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a field has an item or a property of its own.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>False for one that a <c>TreefileField</c> carries.</returns>
    public static bool HasItem(string field) => Own.ContainsKey(field);

    /// <summary>Reads a field as a <c>TreefileField</c> item has it.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">Its value.</param>
    /// <returns>The value in its canonical form, as one line of text.</returns>
    /// <exception cref="DiagnosticException">There is no such field, it has an item of its own, or the text is no value of it.</exception>
    public static string Check(string name, string text)
    {
        var item = Own.GetValueOrDefault(name) ?? TreefileFields.Find(name) switch
        {
            null => null,
            { Scope: FieldScope.Derive } => throw new DiagnosticException(TreefileDiagnostics.DeriveField.At(null, name)),
            { Merge: FieldMerge.Consumed } or { Name: "basearch" } => "a Treefile item, in whose file it stands",
            _ => null,
        };
        if (item is not null)
        {
            throw new DiagnosticException(TreefileUseDiagnostics.HasItem.At(null, name, item));
        }

        var value = FieldText.Parse(name, text);
        if (name is "check-passwd" or "check-groups" && value is MapValue map && map.Find("type") is TextValue { Text: "file" or "data" })
        {
            throw new DiagnosticException(TreefileUseDiagnostics.HasItem.At(null, name, name == "check-passwd" ? "the property PasswdFile, or PinnedUser items" : "the property GroupFile, or PinnedGroup items"));
        }

        return FieldText.Format(name, value);
    }

    /// <summary>Sees to it that no field asks for what the managed engine does not do, and says which have no effect.</summary>
    /// <param name="fields">The fields as the definition has them.</param>
    /// <param name="report">Takes the one message.</param>
    /// <exception cref="DiagnosticException">A field would change the image.</exception>
    internal static void Check(ImmutableSortedDictionary<string, string> fields, Action<Diagnostic> report)
    {
        foreach (var (name, value) in fields)
        {
            if (Changing.TryGetValue(name, out var change) && value != change.Harmless)
            {
                throw TreefileUseDiagnostics.Refused.Error(new ItemReference("TreefileField", name), name, value, change.Why);
            }
        }

        var idle = fields.Keys.Where(name => !Used.Contains(name)).ToList();
        if (idle.Count > 0)
        {
            report(TreefileUseDiagnostics.NotUsed.At(new ItemReference("TreefileField", idle[0]), string.Join(", ", idle), "Managed"));
        }
    }
}
