using System.Buffers;
using System.Collections.Immutable;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Fields;

/// <summary>Lists of packages: a text may name several, with white space between; single quotes keep one together.</summary>
public static class PackageNames
{
    private static readonly SearchValues<char> ToQuote = SearchValues.Create(" \t\n\r\v\f\u0085\u00A0");

    /// <summary>Splits what stands as one text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The packages, or null where a quote is not ended.</returns>
    public static ImmutableArray<string>? Split(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var parts = text.Split('\'');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
            {
                names.AddRange(parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                names.Add(parts[i]);
            }
        }

        return parts.Length % 2 == 0 ? null : names.ToImmutable();
    }

    /// <summary>Writes a package so that it is read as one.</summary>
    /// <param name="name">The package.</param>
    /// <returns>The text, in single quotes where there is white space in it.</returns>
    public static string Join(string name) => name.Length == 0 || name.AsSpan().ContainsAny(ToQuote) ? $"'{name}'" : name;

    internal static TreefileValue Check(string field, TreefileValue value)
    {
        if (value is not ListValue list)
        {
            throw FieldTypes.WrongType(field, "a list of packages", value);
        }

        var names = new SortedDictionary<string, TreefileValue>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            var text = item switch
            {
                TextValue name => name.Text,
                NumberValue number => number.Text,
                _ => throw FieldTypes.WrongType(field, "a list of packages", item),
            };
            foreach (var name in Split(text) ?? throw FieldTypes.Invalid(field, item, "a single quote is not ended"))
            {
                names.TryAdd(name, new TextValue(name, item.Place));
            }
        }

        return new ListValue([.. names.Values], list.Place);
    }
}
