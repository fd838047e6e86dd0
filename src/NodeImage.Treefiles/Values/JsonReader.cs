using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles.Values;

/// <summary>Reads JSON into values, with the places that they stand at. Keys that stand twice are refused.</summary>
internal ref struct JsonReader
{
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _lineStart;
    private int _line;
    private int _seen;
    private int _count;

    private JsonReader(ReadOnlySpan<byte> bytes, string file)
    {
        _file = file;
        _bytes = bytes;
        _line = 1;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
    }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document, UTF-8.</param>
    /// <param name="file">The file that it comes from, for places.</param>
    /// <exception cref="DiagnosticException">It is no JSON, or too much.</exception>
    public static TreefileValue Read(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            var reader = new JsonReader(bytes, file);
            reader._reader.Read();
            var value = reader.ReadValue();
            reader._reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw new DiagnosticException(TreefileDiagnostics.Malformed.In(new SourcePlace(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), file, e.Message), e);
        }
        catch (InvalidOperationException e)
        {
            throw new DiagnosticException(TreefileDiagnostics.Malformed.In(new SourcePlace(file), file, e.Message), e);
        }
    }

    private TreefileValue ReadValue()
    {
        var place = Place();
        if (++_count > DocumentLimits.MaxValues)
        {
            throw new DiagnosticException(TreefileDiagnostics.TooLarge.In(place, _file, $"it holds more than {DocumentLimits.MaxValues} values"));
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<TreefileValue>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue());
                }

                return new ListValue(items.ToImmutable(), place);
            case JsonTokenType.StartObject:
                return ReadMap(place);
            case JsonTokenType.String:
                return new TextValue(_reader.GetString()!, place);
            case JsonTokenType.Number:
                var text = Encoding.UTF8.GetString(_reader.ValueSpan);
                return new NumberValue(ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null, text, place);
            case JsonTokenType.True or JsonTokenType.False:
                return new FlagValue(_reader.TokenType == JsonTokenType.True, place);
            default:
                return new NullValue(place);
        }
    }

    private MapValue ReadMap(SourcePlace place)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            var namePlace = Place();
            if (!names.Add(name))
            {
                throw new DiagnosticException(TreefileDiagnostics.RepeatedKey.In(namePlace, name));
            }

            _reader.Read();
            entries.Add(new MapEntry(name, ReadValue(), namePlace));
        }

        return new MapValue(entries.ToImmutable(), place);
    }

    private SourcePlace Place()
    {
        var at = (int)_reader.TokenStartIndex;
        for (; _seen < at; _seen++)
        {
            if (_bytes[_seen] == '\n')
            {
                _line++;
                _lineStart = _seen + 1;
            }
        }

        return new SourcePlace(_file, _line, at - _lineStart + 1);
    }
}
