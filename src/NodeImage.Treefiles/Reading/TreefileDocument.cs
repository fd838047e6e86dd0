using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>One file of a treefile, checked and in canonical form, before its includes are looked at.</summary>
internal static class TreefileDocument
{
    /// <summary>Checks a document.</summary>
    /// <param name="document">What it says.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="isYaml">Whether it is YAML, where an unknown field is an error; in JSON such are taken for comments unless they are near a field's name.</param>
    /// <param name="architecture">The architecture whose packages count, in rpm's words.</param>
    /// <returns>The fields by name; those of all other architectures are checked and left out.</returns>
    /// <exception cref="DiagnosticException">Something is wrong with it; all unknown fields are told at once.</exception>
    public static Dictionary<string, TreefileValue> Read(TreefileValue document, string file, bool isYaml, string architecture)
    {
        if (document is NullValue)
        {
            document = new MapValue([], document.Place);
        }

        if (document is not MapValue map)
        {
            throw FieldTypes.WrongType(file, "a mapping of fields", document);
        }

        RefuseUnknown(map, isYaml);
        var fields = new Dictionary<string, TreefileValue>(StringComparer.Ordinal);
        var packages = new List<TreefileValue>();
        foreach (var entry in map.Entries.Where(entry => entry.Value is not NullValue))
        {
            Add(map, entry, architecture, fields, packages);
        }

        var names = packages.Cast<ListValue>().SelectMany(list => list.Items);
        fields["packages"] = FieldTypes.Sorted(new ListValue([.. names], packages.FirstOrDefault()?.Place));
        Imply(fields, architecture);
        return fields;
    }

    /// <summary>Whether a name is that of an architecture's packages.</summary>
    public static bool IsArchitecturePackages(string name) =>
        name.StartsWith(TreefileFields.ArchitecturePackages, StringComparison.Ordinal) && BaseArchitectures.IsKnown(name[TreefileFields.ArchitecturePackages.Length..]);

    private static void Add(MapValue map, MapEntry entry, string architecture, Dictionary<string, TreefileValue> fields, List<TreefileValue> packages)
    {
        if (IsArchitecturePackages(entry.Name))
        {
            // Here a number is no name, as everywhere but in 'packages' itself.
            var own = FieldTypes.Packages.Check(entry.Name, FieldTypes.Texts.Check(entry.Name, entry.Value));
            if (entry.Name[TreefileFields.ArchitecturePackages.Length..] == architecture)
            {
                packages.Add(own);
            }

            return;
        }

        var field = TreefileFields.Find(entry.Name);
        if (field is null && (field = TreefileFields.FindLegacy(entry.Name)) is not null && map.Find(field.Name) is not null)
        {
            throw new DiagnosticException(TreefileDiagnostics.BothSpellings.In(entry.NamePlace, field.Name, entry.Name));
        }

        if (field is null)
        {
            return;
        }

        var value = field.Type.Check(field.Name, entry.Value);
        if (field.Name is "packages" or "bootstrap-packages")
        {
            packages.Add(value);
        }
        else
        {
            fields[field.Name] = value;
        }
    }

    private static void RefuseUnknown(MapValue map, bool isYaml)
    {
        var names = TreefileFields.All.Select(field => field.Name)
            .Concat(TreefileFields.All.Select(field => field.LegacyName).OfType<string>())
            .Concat(BaseArchitectures.All.Select(architecture => TreefileFields.ArchitecturePackages + architecture))
            .ToList();
        var unknown = map.Entries
            .Where(entry => TreefileFields.Find(entry.Name) is null && TreefileFields.FindLegacy(entry.Name) is null && !IsArchitecturePackages(entry.Name))
            .Where(entry => isYaml || NearNames.Find(entry.Name, names) is not null)
            .Select(entry => TreefileDiagnostics.UnknownField.In(entry.NamePlace, entry.Name, NearNames.Ask(entry.Name, names)))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new DiagnosticException(unknown);
        }
    }

    // What some fields say about others, as rpm-ostree has it.
    private static void Imply(Dictionary<string, TreefileValue> fields, string architecture)
    {
        if (fields.GetValueOrDefault("basearch") is TextValue named && named.Text != architecture)
        {
            throw new DiagnosticException(TreefileDiagnostics.OtherArchitecture.In(named.Place, named.Text, architecture));
        }

        if (fields.GetValueOrDefault("variables") is MapValue variables && variables.Entries.FirstOrDefault(entry => entry.Name is "basearch" or "releasever") is { } reserved)
        {
            throw new DiagnosticException(TreefileDiagnostics.ReservedVariable.In(reserved.NamePlace, reserved.Name));
        }

        var place = fields.GetValueOrDefault("container")?.Place;
        if (fields.GetValueOrDefault("container") is FlagValue { Flag: true })
        {
            fields["boot-location"] = TreefileValue.Of("modules", place);
            fields["selinux"] = TreefileValue.Of(false, place);
            fields["tmp-is-dir"] = TreefileValue.Of(true, place);
            fields["preserve-passwd"] = TreefileValue.Of(false, place);
            fields["check-passwd"] = Unchecked();
            fields["check-groups"] = Unchecked();
        }

        if (fields.GetValueOrDefault("edition") is TextValue { Text: "2024" } edition)
        {
            fields["boot-location"] = TreefileValue.Of("modules", edition.Place);
            fields["tmp-is-dir"] = TreefileValue.Of(true, edition.Place);
        }
    }

    private static MapValue Unchecked() => new([new MapEntry("type", TreefileValue.Of("none"))], null);
}
