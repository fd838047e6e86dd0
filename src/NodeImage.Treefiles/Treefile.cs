using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles;

/// <summary>
/// A treefile: rpm-ostree's manifest of an image. One that has been read is flat: includes are merged, conditions decided,
/// variables put in, and its packages are those of one architecture.
/// </summary>
public sealed record Treefile
{
    /// <summary>A treefile that says nothing.</summary>
    public static Treefile Empty { get; } = new();

    /// <summary>The fields that it has, by name (see <see cref="TreefileFields"/>), in canonical form.</summary>
    public ImmutableSortedDictionary<string, TreefileValue> Fields { get; init; } = ImmutableSortedDictionary.Create<string, TreefileValue>(StringComparer.Ordinal);

    /// <summary>The architecture that it was read for, in rpm's words, or null for one that was made.</summary>
    public string? Architecture { get; init; }

    /// <summary>The variables as they were at the end of reading.</summary>
    public ImmutableSortedDictionary<string, TreefileValue> Variables { get; init; } = ImmutableSortedDictionary.Create<string, TreefileValue>(StringComparer.Ordinal);

    /// <summary>The files that it was read from, in the order in which they were read.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The packages, without those of <see cref="RepoPackages"/>, sorted.</summary>
    public ImmutableArray<string> Packages => Texts("packages");

    /// <summary>Packages that are taken from a repository, in order.</summary>
    public ImmutableArray<(string Repository, ImmutableArray<string> Packages)> RepoPackages =>
        [.. List("repo-packages").Cast<MapValue>().Select(entry => (((TextValue)entry.Find("repo")!).Text, ((ListValue)entry.Find("packages")!).Texts.ToImmutableArray()))];

    /// <summary>Sources and destinations of files that are added. A source is relative to the folder of the file that it stands in (<see cref="TreefileValue.Place"/>).</summary>
    public ImmutableArray<(TextValue Source, string Destination)> AddFiles =>
        [.. List("add-files").Cast<ListValue>().Select(pair => ((TextValue)pair.Items[0], ((TextValue)pair.Items[1]).Text))];

    /// <summary>Packages, each with the expressions of files that are left out of it.</summary>
    public ImmutableArray<(string Package, ImmutableArray<string> Expressions)> RemoveFromPackages =>
        [.. List("remove-from-packages").Cast<ListValue>().Select(entry => (entry.Texts.First(), entry.Texts.Skip(1).ToImmutableArray()))];

    /// <summary>Finds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value, or null where it is not set.</returns>
    public TreefileValue? Find(string name) => Fields.GetValueOrDefault(name);

    /// <summary>A field that is a list of texts.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The texts; none where it is not set.</returns>
    public ImmutableArray<string> Texts(string name) => Find(name) is ListValue list ? [.. list.Texts] : [];

    /// <summary>A field that is a list.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>What is in it; nothing where it is not set.</returns>
    public ImmutableArray<TreefileValue> List(string name) => Find(name) is ListValue list ? list.Items : [];

    /// <summary>A field that is a text, or a number that may be one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text, or null where it is not set.</returns>
    public string? Text(string name) => Find(name) is (TextValue or NumberValue) and var value ? value.ToString() : null;

    /// <summary>A field that is a truth value.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, or null where it is not set.</returns>
    public bool? Flag(string name) => Find(name) is FlagValue flag ? flag.Flag : null;

    /// <summary>The same with a field set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, or null to leave the field as it is.</param>
    /// <returns>The treefile.</returns>
    /// <exception cref="DiagnosticException">There is no such field, or the value is none for it.</exception>
    public Treefile With(string name, TreefileValue? value)
    {
        if (value is null)
        {
            return this;
        }

        var field = TreefileFields.Find(name) ?? throw new DiagnosticException(TreefileDiagnostics.UnknownField.In(value.Place, name, TreefileFields.Ask(name)));
        return this with { Fields = Fields.SetItem(name, field.Type.Check(name, value)) };
    }

    /// <summary>The same with a list of texts set.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="texts">The texts; where there are none, the field is left as it is.</param>
    /// <returns>The treefile.</returns>
    public Treefile With(string name, IEnumerable<string> texts) => TreefileValue.OfTexts(texts) is { Items.IsEmpty: false } list ? With(name, list) : this;

    /// <summary>Whether two treefiles say the same. Where it was read, and by which variables, does not matter.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True where all fields are equal.</returns>
    public bool SaysTheSame(Treefile other) => Fields.Count == other.Fields.Count && Fields.All(field => other.Find(field.Key) is { } theirs && theirs.Equals(field.Value));
}
