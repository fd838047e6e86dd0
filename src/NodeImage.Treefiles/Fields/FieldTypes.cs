using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Fields;

/// <summary>The types that most fields have. Adding one means adding it here, or beside.</summary>
public static class FieldTypes
{
    /// <summary>A text.</summary>
    public static FieldType Text { get; } = Make("a text", value => value as TextValue);

    /// <summary>A truth value.</summary>
    public static FieldType Flag { get; } = Make("true or false", value => value as FlagValue);

    /// <summary>A whole number of 32 bits.</summary>
    public static FieldType Number { get; } = Make("a whole number", value => value is NumberValue { Whole: <= uint.MaxValue } ? value : null);

    /// <summary>A text, or a whole number.</summary>
    public static FieldType TextOrNumber { get; } = Make("a text or a whole number", value => value is TextValue or NumberValue { Whole: not null } ? value : null);

    /// <summary>A list of texts.</summary>
    public static FieldType Texts { get; } = ListOf("a list of texts", Text);

    /// <summary>A set of texts; sorted when it has been read.</summary>
    public static FieldType TextSet { get; } = new(Texts.Expected, (field, value) => Sorted((ListValue)Texts.Check(field, value)));

    /// <summary>A set of packages: each text is split at white space that is not within single quotes. Sorted when it has been read.</summary>
    public static FieldType Packages { get; } = new("a list of packages", PackageNames.Check);

    /// <summary>One text, or a list of them; a list when it has been read.</summary>
    public static FieldType TextOrTexts { get; } = new("a text or a list of texts", (field, value) => value is TextValue ? new ListValue([value], value.Place) : Texts.Check(field, value));

    /// <summary>A mapping from names to anything.</summary>
    public static FieldType Map { get; } = Make("a mapping", value => value as MapValue);

    /// <summary>A mapping from names to texts.</summary>
    public static FieldType TextMap { get; } = MapOf("a mapping from names to texts", Text);

    /// <summary>A mapping from architectures to files.</summary>
    public static FieldType ArchitectureFiles { get; } = MapOf("a mapping from architectures to files", TextOrTexts);

    /// <summary>A mapping from names to truth values, whole numbers and texts.</summary>
    public static FieldType Variables { get; } = MapOf(
        "a mapping from names to texts, numbers and truth values",
        Make("a text, a whole number, true or false", value => value is TextValue or FlagValue or NumberValue { Whole: not null } ? value : null));

    /// <summary>Pairs of texts.</summary>
    public static FieldType Pairs { get; } = ListOf("a list of pairs [source, destination]", Make("a pair [source, destination]", value => value is ListValue { Items: [TextValue, TextValue] } ? value : null));

    /// <summary>Lists of at least two texts: a package, and expressions.</summary>
    public static FieldType PackageFiles { get; } = ListOf(
        "a list of [package, expression, ...]",
        Make("a package and expressions", value => value is ListValue { Items.Length: > 0 } list && list.Items.All(item => item is TextValue) ? value : null));

    /// <summary>One of a few names.</summary>
    /// <param name="names">The names.</param>
    /// <param name="aliases">Other spellings, each with the name that it stands for.</param>
    /// <returns>The type.</returns>
    public static FieldType Choice(IReadOnlyList<string> names, params (string Alias, string Name)[] aliases) => new(
        $"one of {string.Join(", ", names)}",
        (field, value) =>
        {
            var text = ((TextValue)Text.Check(field, value)).Text;
            var name = Array.Find(aliases, alias => alias.Alias == text).Name ?? text;
            return names.Contains(name) ? new TextValue(name, value.Place) : throw Invalid(field, value, $"it must be one of {string.Join(", ", names)}");
        });

    /// <summary>A type that takes some values as they are.</summary>
    internal static FieldType Make(string expected, Func<TreefileValue, TreefileValue?> check) =>
        new(expected, (field, value) => check(value) ?? throw WrongType(field, expected, value));

    /// <summary>A list whose items are all of one type.</summary>
    internal static FieldType ListOf(string expected, FieldType item) => new(expected, (field, value) => value is ListValue list
        ? new ListValue([.. list.Items.Select(one => item.Check(field, one))], list.Place)
        : throw WrongType(field, expected, value));

    /// <summary>A mapping whose values are all of one type.</summary>
    internal static FieldType MapOf(string expected, FieldType item) => new(expected, (field, value) => value is MapValue map
        ? new MapValue([.. map.Entries.Select(entry => entry with { Value = item.Check($"{field}.{entry.Name}", entry.Value) })], map.Place)
        : throw WrongType(field, expected, value));

    /// <summary>A mapping with names that are known.</summary>
    /// <param name="expected">What it is.</param>
    /// <param name="members">The members.</param>
    internal static FieldType Record(string expected, params (string Name, FieldType Type, bool Required)[] members) => new(expected, (field, value) =>
    {
        if (value is not MapValue map)
        {
            throw WrongType(field, expected, value);
        }

        foreach (var entry in map.Entries.Where(entry => !Array.Exists(members, member => member.Name == entry.Name)))
        {
            throw new DiagnosticException(TreefileDiagnostics.UnknownField.In(entry.NamePlace, $"{field}.{entry.Name}", NearNames.Ask(entry.Name, members.Select(member => member.Name))));
        }

        if (Array.Find(members, member => member.Required && map.Find(member.Name) is null) is { Name: { } missing })
        {
            throw Invalid(field, value, $"it lacks '{missing}'");
        }

        return new MapValue([.. map.Entries.Where(entry => entry.Value is not NullValue)
            .Select(entry => entry with { Value = Array.Find(members, member => member.Name == entry.Name).Type.Check($"{field}.{entry.Name}", entry.Value) })], map.Place);
    });

    internal static ListValue Sorted(ListValue list) => new([.. list.Texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(text => list.Items.First(item => item is TextValue value && value.Text == text))], list.Place);

    internal static DiagnosticException WrongType(string field, string expected, TreefileValue value) =>
        new(TreefileDiagnostics.WrongType.In(value.Place, field, expected, value is NullValue or ListValue or MapValue ? value.Kind : $"{value.Kind}, {value}"));

    internal static DiagnosticException Invalid(string field, TreefileValue value, string what) =>
        new(TreefileDiagnostics.InvalidValue.In(value.Place, field, value, what));
}
