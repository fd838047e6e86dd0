using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles.Values;

/// <summary>A value of a document, YAML or JSON alike, with the place that it stands at. Places have no part in equality.</summary>
public abstract class TreefileValue : IEquatable<TreefileValue>
{
    private protected TreefileValue(SourcePlace? place) => Place = place;

    /// <summary>Where the value stands, or null for one that was made.</summary>
    public SourcePlace? Place { get; }

    /// <summary>What kind of value it is, as messages call it.</summary>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public abstract bool Equals(TreefileValue? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is TreefileValue other && Equals(other);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands.</param>
    /// <returns>The value.</returns>
    public static TreefileValue Of(string text, SourcePlace? place = null) => new TextValue(text, place);

    /// <summary>A truth value.</summary>
    /// <param name="flag">The value.</param>
    /// <param name="place">Where it stands.</param>
    /// <returns>The value.</returns>
    public static TreefileValue Of(bool flag, SourcePlace? place = null) => new FlagValue(flag, place);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="place">Where it stands.</param>
    /// <returns>The value.</returns>
    public static TreefileValue Of(ulong number, SourcePlace? place = null) => new NumberValue(number, number.ToString(CultureInfo.InvariantCulture), place);

    /// <summary>A list of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>The value.</returns>
    public static ListValue OfTexts(IEnumerable<string> texts) => new([.. texts.Select(text => (TreefileValue)new TextValue(text, null))], null);
}

/// <summary>Nothing: <c>null</c>, <c>~</c>, or a key without a value.</summary>
public sealed class NullValue(SourcePlace? place) : TreefileValue(place)
{
    /// <inheritdoc/>
    public override string Kind => "nothing";

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) => other is NullValue;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "null";
}

/// <summary>A truth value.</summary>
public sealed class FlagValue(bool flag, SourcePlace? place) : TreefileValue(place)
{
    /// <summary>The value.</summary>
    public bool Flag { get; } = flag;

    /// <inheritdoc/>
    public override string Kind => "a truth value";

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) => other is FlagValue value && value.Flag == Flag;

    /// <inheritdoc/>
    public override int GetHashCode() => Flag ? 1 : 2;

    /// <inheritdoc/>
    public override string ToString() => Flag ? "true" : "false";
}

/// <summary>A number.</summary>
/// <param name="whole">Its value where it is a whole one from 0 to 2^64 - 1, else null.</param>
/// <param name="text">The number as it is written.</param>
/// <param name="place">Where it stands.</param>
public sealed class NumberValue(ulong? whole, string text, SourcePlace? place) : TreefileValue(place)
{
    /// <summary>The value where it is a whole number from 0 to 2^64 - 1, else null.</summary>
    public ulong? Whole { get; } = whole;

    /// <summary>The number as it is written.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string Kind => "a number";

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) => other is NumberValue value && (Whole is null ? value.Whole is null && value.Text == Text : value.Whole == Whole);

    /// <inheritdoc/>
    public override int GetHashCode() => Whole is { } whole ? whole.GetHashCode() : Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Whole?.ToString(CultureInfo.InvariantCulture) ?? Text;
}

/// <summary>A text.</summary>
public sealed class TextValue(string text, SourcePlace? place) : TreefileValue(place)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string Kind => "a text";

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) => other is TextValue value && value.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A list.</summary>
public sealed class ListValue(ImmutableArray<TreefileValue> items, SourcePlace? place) : TreefileValue(place)
{
    /// <summary>What is in it, in order.</summary>
    public ImmutableArray<TreefileValue> Items { get; } = items;

    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <summary>The texts that are in it; what is no text is passed over.</summary>
    public IEnumerable<string> Texts => Items.OfType<TextValue>().Select(item => item.Text);

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) => other is ListValue value && value.Items.SequenceEqual(Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

/// <summary>A mapping from names to values, in the order in which they stand.</summary>
public sealed class MapValue : TreefileValue
{
    private readonly Dictionary<string, TreefileValue> _byName;

    /// <summary>Makes a mapping.</summary>
    /// <param name="entries">The entries; no name stands twice.</param>
    /// <param name="place">Where it stands.</param>
    public MapValue(ImmutableArray<MapEntry> entries, SourcePlace? place)
        : base(place)
    {
        Entries = entries;
        _byName = entries.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>The entries, in order.</summary>
    public ImmutableArray<MapEntry> Entries { get; }

    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>Finds a value.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, or null where there is none, or nothing is said.</returns>
    public TreefileValue? Find(string name) => _byName.GetValueOrDefault(name) is { } value and not NullValue ? value : null;

    /// <inheritdoc/>
    public override bool Equals(TreefileValue? other) =>
        other is MapValue value && value.Entries.Length == Entries.Length && Entries.All(entry => value._byName.TryGetValue(entry.Name, out var theirs) && theirs.Equals(entry.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.Aggregate(Entries.Length, (sum, entry) => sum ^ HashCode.Combine(entry.Name, entry.Value));

    /// <inheritdoc/>
    public override string ToString() => $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Name}: {entry.Value}"))}}}";
}

/// <summary>An entry of a mapping.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="NamePlace">Where the name stands.</param>
public sealed record MapEntry(string Name, TreefileValue Value, SourcePlace? NamePlace = null);
