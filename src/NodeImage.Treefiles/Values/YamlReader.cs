using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NodeImage.Treefiles.Values;

/// <summary>
/// Reads YAML into values. One document a file; anchors and aliases work, but what they come to is bounded; tags other than
/// those of plain values are refused, and so are keys that stand twice.
/// </summary>
internal sealed class YamlReader
{
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly string _file;
    private readonly Parser _parser;
    private readonly Dictionary<string, (TreefileValue Value, int Count)> _anchors = new(StringComparer.Ordinal);
    private int _count;

    private YamlReader(string file, string text)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="file">The file that it comes from, for places.</param>
    /// <returns>The value; an empty document is <see cref="NullValue"/>.</returns>
    /// <exception cref="DiagnosticException">It is no YAML, or more than one document, or too much.</exception>
    public static TreefileValue Read(string text, string file)
    {
        try
        {
            return new YamlReader(file, text).ReadDocument();
        }
        catch (YamlException e)
        {
            throw Malformed(file, e.Start, e.Message);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException or NullReferenceException)
        {
            // The library's scanner was not made for input that is spoilt at every letter.
            throw new DiagnosticException(TreefileDiagnostics.Malformed.In(new SourcePlace(file), file, "The scanner gives up."), e);
        }
    }

    private TreefileValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return new NullValue(new SourcePlace(_file, 1, 1));
        }

        _parser.Consume<DocumentStart>();
        var value = ReadValue(0).Value;
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<StreamEnd>(out _) ? value : throw Malformed(_file, _parser.Current!.Start, "There is a second document; one is allowed.");
    }

    private (TreefileValue Value, int Count) ReadValue(int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > DocumentLimits.MaxDepth)
        {
            throw TooMuch(start, $"values lie more than {DocumentLimits.MaxDepth} deep");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var known = _anchors.TryGetValue(alias.Value.Value, out var found) ? found : throw Malformed(_file, start, $"There is no anchor '{alias.Value.Value}'.");
            Add(known.Count, start);
            return known;
        }

        var (anchor, tag) = _parser.Current is NodeEvent node ? (node.Anchor, node.Tag) : throw Malformed(_file, start, "A value is missing.");
        if (NameOf(tag) is { } name && name is not (CoreTag + "str" or CoreTag + "int" or CoreTag + "bool" or CoreTag + "float" or CoreTag + "null" or CoreTag + "seq" or CoreTag + "map"))
        {
            throw Malformed(_file, start, $"The tag '{name}' has no meaning here.");
        }

        Add(1, start);
        var before = _count;
        TreefileValue value = _parser.Current switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadList(depth),
            _ => ReadMap(depth),
        };
        var result = (value, _count - before + 1);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = result;
        }

        return result;
    }

    private TreefileValue ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        var place = PlaceOf(scalar.Start);
        return NameOf(scalar.Tag) switch
        {
            CoreTag + "str" => new TextValue(scalar.Value, place),
            null when scalar.Style != ScalarStyle.Plain => new TextValue(scalar.Value, place),
            _ => YamlScalars.Resolve(scalar.Value, place),
        };
    }

    private ListValue ReadList(int depth)
    {
        var place = PlaceOf(_parser.Consume<SequenceStart>().Start);
        var items = ImmutableArray.CreateBuilder<TreefileValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(depth + 1).Value);
        }

        return new ListValue(items.ToImmutable(), place);
    }

    private MapValue ReadMap(int depth)
    {
        var place = PlaceOf(_parser.Consume<MappingStart>().Start);
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                throw Malformed(_file, _parser.Current!.Start, "A key is no plain name.");
            }

            if (!names.Add(name.Value))
            {
                throw new DiagnosticException(TreefileDiagnostics.RepeatedKey.In(PlaceOf(name.Start), name.Value));
            }

            Add(1, name.Start);
            entries.Add(new MapEntry(name.Value, ReadValue(depth + 1).Value, PlaceOf(name.Start)));
        }

        return new MapValue(entries.ToImmutable(), place);
    }

    private static string? NameOf(TagName tag) => tag.IsEmpty || tag.IsNonSpecific ? null : tag.Value;

    private void Add(int count, Mark start)
    {
        _count += count;
        if (_count > DocumentLimits.MaxValues)
        {
            throw TooMuch(start, $"it holds more than {DocumentLimits.MaxValues} values");
        }
    }

    private SourcePlace PlaceOf(Mark mark) => new(_file, (int)Math.Min(mark.Line, int.MaxValue), (int)Math.Min(mark.Column, int.MaxValue));

    private DiagnosticException TooMuch(Mark mark, string what) => new(TreefileDiagnostics.TooLarge.In(PlaceOf(mark), _file, what));

    private static DiagnosticException Malformed(string file, Mark mark, string what) =>
        new(TreefileDiagnostics.Malformed.In(new SourcePlace(file, (int)mark.Line, (int)mark.Column), file, what));
}
