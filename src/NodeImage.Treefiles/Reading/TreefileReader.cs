using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>How a treefile is read.</summary>
/// <param name="Architecture">The architecture whose packages and includes count, in rpm's words.</param>
public sealed record TreefileOptions(string Architecture)
{
    /// <summary>Variables from outside; they win over those of the treefile. <c>releasever</c> is the field of that name.</summary>
    public ImmutableSortedDictionary<string, TreefileValue> Variables { get; init; } = ImmutableSortedDictionary.Create<string, TreefileValue>(StringComparer.Ordinal);

    /// <summary>Takes warnings.</summary>
    public Action<Diagnostic> Report { get; init; } = _ => { };
}

/// <summary>
/// Reads a treefile with all that it includes. The rules are those of rpm-ostree (<c>treefile_parse_recurse</c> in
/// <c>rust/src/treefile.rs</c>): variables of outer and earlier files win; the treefiles that stand inline are merged first, then
/// <c>include</c>, <c>arch-include</c> and conditional files in this order, each with its own includes.
/// </summary>
public sealed class TreefileReader
{
    private const int MaxDepth = 50;
    private const int MaxFiles = 1000;

    private readonly ITreefileSource _source;
    private readonly TreefileOptions _options;
    private readonly Dictionary<string, TreefileValue> _variables;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string>.Builder _files = ImmutableArray.CreateBuilder<string>();

    private TreefileReader(ITreefileSource source, TreefileOptions options)
    {
        _source = source;
        _options = options;
        _variables = options.Variables.ToDictionary(StringComparer.Ordinal);
        _variables["basearch"] = TreefileValue.Of(options.Architecture);
    }

    /// <summary>Reads a treefile.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="source">Where it and its includes are read from.</param>
    /// <param name="options">For what it is read.</param>
    /// <returns>The treefile, flat.</returns>
    /// <exception cref="DiagnosticException">Something is wrong with it, told at file and line.</exception>
    public static Treefile Read(string path, ITreefileSource source, TreefileOptions options) => Read([path], source, options);

    /// <summary>Reads several treefiles as one that includes them in order would be.</summary>
    /// <param name="paths">Their full paths.</param>
    /// <param name="source">Where they and their includes are read from.</param>
    /// <param name="options">For what they are read.</param>
    /// <returns>The treefile, flat.</returns>
    /// <exception cref="DiagnosticException">Something is wrong with one of them, told at file and line.</exception>
    public static Treefile Read(IReadOnlyList<string> paths, ITreefileSource source, TreefileOptions options)
    {
        if (options.Variables.ContainsKey("basearch"))
        {
            throw new DiagnosticException(TreefileDiagnostics.ReservedVariable.In(null, "basearch"));
        }

        return new TreefileReader(source, options).Read(paths);
    }

    private Treefile Read(IReadOnlyList<string> paths)
    {
        Dictionary<string, TreefileValue>? fields = null;
        foreach (var path in paths)
        {
            var folder = Path.GetDirectoryName(path)!;
            var one = ReadFile(_source.Locate(folder, Path.GetFileName(path)), new TextValue(path, null), 0);
            if (fields is null)
            {
                fields = one;
            }
            else
            {
                Merge(fields, one);
            }
        }

        fields ??= [];
        if (_options.Variables.GetValueOrDefault("releasever") is { } release)
        {
            fields["releasever"] = TreefileFields.Find("releasever")!.Type.Check("releasever", release);
        }

        TreefileVariables.Substitute(fields, _variables);
        TreefileChecks.Check(fields);
        return new Treefile
        {
            // That of the image, which all agree on.
            Fields = fields.Where(field => field.Key != "basearch" && field is not { Key: "packages", Value: ListValue { Items.IsEmpty: true } } && TreefileFields.Find(field.Key)!.Merge != FieldMerge.Consumed).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Architecture = _options.Architecture,
            Variables = _variables.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Files = _files.ToImmutable(),
        };
    }

    private Dictionary<string, TreefileValue> ReadFile(string path, TextValue named, int depth)
    {
        if (path.EndsWith(".ks", StringComparison.Ordinal))
        {
            throw new DiagnosticException(TreefileDiagnostics.Kickstart.In(named.Place, path));
        }

        var content = Open(path, named);
        if (!_seen.Add(content.Identity))
        {
            throw new DiagnosticException(TreefileDiagnostics.IncludedTwice.In(named.Place, named.Text));
        }

        _files.Add(path);
        if (_files.Count > MaxFiles)
        {
            throw new DiagnosticException(TreefileDiagnostics.TooManyIncludes.In(named.Place, $"there are more than {MaxFiles} files"));
        }

        var document = DocumentReader.Read(content.Bytes.Span, path);
        var fields = TreefileDocument.Read(document, path, DocumentReader.IsYaml(path), _options.Architecture);
        Define(fields);
        foreach (var include in Includes(fields))
        {
            if (depth == MaxDepth)
            {
                throw new DiagnosticException(TreefileDiagnostics.TooManyIncludes.In(include.Place, $"they lie {MaxDepth} deep"));
            }

            Merge(fields, ReadFile(Locate(path, include), include, depth + 1));
        }

        return fields;
    }

    // What is defined already stays: outer files, and those read before, win.
    private void Define(Dictionary<string, TreefileValue> fields)
    {
        foreach (var entry in (fields.GetValueOrDefault("variables") as MapValue)?.Entries ?? [])
        {
            _variables.TryAdd(entry.Name, entry.Value);
        }

        if (fields.GetValueOrDefault("releasever") is { } release)
        {
            _variables.TryAdd("releasever", release);
        }
    }

    private List<TextValue> Includes(Dictionary<string, TreefileValue> fields)
    {
        var files = new List<TextValue>();
        Add(fields.GetValueOrDefault("include"));
        if (fields.GetValueOrDefault("arch-include") is MapValue architectures)
        {
            Add(architectures.Find(_options.Architecture));
        }

        foreach (var conditional in fields.GetValueOrDefault("conditional-include") is { } value ? ConditionalInclude.ReadAll(value) : [])
        {
            if (!conditional.Holds(_variables))
            {
                continue;
            }

            Add(conditional.Files);
            if (conditional.Inline is { } inline)
            {
                Merge(fields, inline);
            }
        }

        return files;

        void Add(TreefileValue? list) => files.AddRange((list as ListValue)?.Items.OfType<TextValue>() ?? []);
    }

    private void Merge(Dictionary<string, TreefileValue> including, IReadOnlyDictionary<string, TreefileValue> included)
    {
        foreach (var ignored in TreefileMerge.Into(including, included))
        {
            _options.Report(TreefileDiagnostics.OnlyAtTop.In(included[ignored].Place, ignored));
        }
    }

    private string Locate(string includingFile, TextValue include)
    {
        try
        {
            return _source.Locate(Path.GetDirectoryName(includingFile)!, include.Text);
        }
        catch (DiagnosticException e)
        {
            throw At(e, include.Place);
        }
    }

    private TreefileContent Open(string path, TextValue named)
    {
        try
        {
            return _source.Read(path) ?? throw new DiagnosticException(TreefileDiagnostics.FileMissing.In(named.Place, named.Text, path, named.Place?.File ?? "the project"));
        }
        catch (DiagnosticException e)
        {
            throw At(e, named.Place);
        }
    }

    private static DiagnosticException At(DiagnosticException e, SourcePlace? place) =>
        new([.. e.Diagnostics.Select(diagnostic => diagnostic.Place is null ? diagnostic with { Place = place } : diagnostic)], e);
}
