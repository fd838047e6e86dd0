using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>What can be said of a whole treefile beyond the types of its fields: rpm-ostree's <c>validate_config</c> and what it finds out later.</summary>
internal static class TreefileChecks
{
    private static readonly string[] AddedPlaces = ["usr/", "etc/", "bin/", "sbin/", "lib/", "lib64/"];

    /// <summary>Checks the fields of a treefile that has been merged.</summary>
    /// <exception cref="DiagnosticException">Composing with it would fail.</exception>
    public static void Check(IReadOnlyDictionary<string, TreefileValue> fields)
    {
        if (TreefileFields.All.FirstOrDefault(field => field.Scope == FieldScope.Derive && fields.ContainsKey(field.Name)) is { } derive)
        {
            throw new DiagnosticException(TreefileDiagnostics.DeriveField.In(fields[derive.Name].Place, derive.Name));
        }

        foreach (var pair in List(fields, "add-files").Cast<ListValue>())
        {
            CheckAdded((TextValue)pair.Items[1]);
        }

        foreach (var path in List(fields, "remove-files").Cast<TextValue>())
        {
            CheckRemoved(path);
        }

        if (fields.GetValueOrDefault("automatic-version-suffix") is TextValue suffix && suffix.Text is not [< '\u0080'])
        {
            throw FieldTypes.Invalid("automatic-version-suffix", suffix, "it must be one ASCII character");
        }

        if (fields.GetValueOrDefault("selinux-label-version") is NumberValue { Whole: > 1 } version)
        {
            throw FieldTypes.Invalid("selinux-label-version", version, "it must be 0 or 1");
        }

        if (fields.GetValueOrDefault("repovars") is MapValue variables && variables.Entries.FirstOrDefault(entry => entry.Name is "releasever" or "basearch") is { } reserved)
        {
            throw new DiagnosticException(TreefileDiagnostics.ReservedVariable.In(reserved.NamePlace, reserved.Name));
        }
    }

    private static IEnumerable<TreefileValue> List(IReadOnlyDictionary<string, TreefileValue> fields, string name) => (fields.GetValueOrDefault(name) as ListValue)?.Items ?? [];

    private static void CheckAdded(TextValue destination)
    {
        var relative = destination.Text.TrimStart('/');
        if (!Array.Exists(AddedPlaces, place => relative.StartsWith(place, StringComparison.Ordinal)) || relative.StartsWith("usr/local/", StringComparison.Ordinal) || !ImagePath.TryNormalize(relative, out _))
        {
            throw FieldTypes.Invalid("add-files", destination, $"files are added below {string.Join(", ", AddedPlaces.Select(place => "/" + place))} but not below /usr/local/");
        }
    }

    private static void CheckRemoved(TextValue path)
    {
        if (path.Text.StartsWith('/') || path.Text.Contains("..", StringComparison.Ordinal) || !ImagePath.TryNormalize(path.Text, out var canonical) || canonical == "/")
        {
            throw FieldTypes.Invalid("remove-files", path, "paths are relative to the root, without a leading slash and without '..'");
        }
    }
}
