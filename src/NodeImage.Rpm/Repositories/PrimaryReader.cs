using System.Xml;
using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Reads <c>primary.xml</c>, the list of a repository's packages, in one pass. As createrepo_c does, it passes over
/// elements that it does not know; a package without name, version or architecture is an error.
/// </summary>
public sealed class PrimaryReader
{
    // More than any distribution has, so that a hostile one is refused before it fills the memory.
    private const int MaxPackages = 2_000_000;

    // Dependencies and files of all packages together; the largest distributions have a few million.
    private const int MaxItems = 50_000_000;

    private readonly XmlReader _reader;
    private readonly PackageStrings _strings = new();
    private readonly Names _names;
    private readonly List<Dependency> _list = [];
    private int _items;

    private PrimaryReader(XmlReader reader)
    {
        _reader = reader;
        _names = new Names(reader.NameTable);
    }

    /// <summary>Reads <c>primary.xml</c>.</summary>
    /// <param name="stream">The file in the clear.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>The packages in the file's order. A package that is listed twice is there twice.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2003: it is malformed.</exception>
    public static IReadOnlyList<RepositoryPackage> Read(Stream stream, string source) =>
        MetadataXml.Read(stream, source, reader => new PrimaryReader(reader).Read());

    private List<RepositoryPackage> Read()
    {
        MetadataXml.EnterRoot(_reader, "metadata");
        var packages = new List<RepositoryPackage>();
        while (_reader.Read())
        {
            if (_reader.NodeType == XmlNodeType.Element && Is(_names.Package) && _reader.GetAttribute("type") is null or "rpm")
            {
                packages.Add(packages.Count < MaxPackages ? ReadPackage() : throw new XmlException($"it has more than {MaxPackages} packages"));
            }
        }

        return packages;
    }

    private bool Is(string name) => ReferenceEquals(_reader.LocalName, name);

    private RepositoryPackage ReadPackage()
    {
        var draft = new PackageDraft();
        var depth = _reader.Depth;
        if (!_reader.IsEmptyElement)
        {
            while (_reader.Read() && _reader.Depth > depth)
            {
                if (_reader.NodeType == XmlNodeType.Element)
                {
                    ReadPart(draft);
                }
            }
        }

        return draft.ToPackage();
    }

    private void ReadPart(PackageDraft draft)
    {
        if (Is(_names.Name))
        {
            draft.Name = MetadataXml.ReadText(_reader);
        }
        else if (Is(_names.Arch))
        {
            draft.Architecture = _strings.Text(MetadataXml.ReadText(_reader));
        }
        else if (Is(_names.Version))
        {
            draft.Evr = _strings.Version(Attribute(_names.Epoch) ?? "", Attribute(_names.Ver) ?? "", Attribute(_names.Rel));
        }
        else if (Is(_names.Checksum))
        {
            draft.ChecksumType = Attribute(_names.Type) ?? "";
            draft.Checksum = MetadataXml.ReadText(_reader);
        }
        else if (Is(_names.Summary))
        {
            draft.Summary = MetadataXml.ReadText(_reader);
        }
        else if (Is(_names.Time))
        {
            draft.BuildTime = MetadataXml.ToNumber(Attribute(_names.Build)) ?? 0;
        }
        else if (Is(_names.Size))
        {
            draft.PackageSize = MetadataXml.ToNumber(Attribute(_names.Package)) ?? 0;
            draft.InstalledSize = MetadataXml.ToNumber(Attribute(_names.Installed)) ?? 0;
        }
        else if (Is(_names.Location))
        {
            draft.Location = Attribute(_names.Href);
            draft.LocationBase = _reader.GetAttribute("base", "http://www.w3.org/XML/1998/namespace");
        }
        else
        {
            ReadFormatPart(draft);
        }
    }

    private void ReadFormatPart(PackageDraft draft)
    {
        if (Is(_names.Vendor))
        {
            draft.Vendor = _strings.Text(MetadataXml.ReadText(_reader));
        }
        else if (Is(_names.SourceRpm))
        {
            draft.SourceRpm = MetadataXml.ReadText(_reader);
        }
        else if (Is(_names.File))
        {
            CountItem();
            draft.Files.Add(MetadataXml.ReadText(_reader));
        }
        else if (_names.TryGetKind(_reader.LocalName, out var kind))
        {
            draft.Dependencies[kind] = ReadDependencies();
        }
        else if (!Is(_names.Format) && !_reader.IsEmptyElement)
        {
            SkipContent();
        }
    }

    // Like Skip, but stays on the end tag, so that the caller's loop does not miss the next element.
    private void SkipContent()
    {
        var depth = _reader.Depth;
        while (_reader.Read() && _reader.Depth > depth)
        {
        }
    }

    private Dependency[] ReadDependencies()
    {
        if (_reader.IsEmptyElement)
        {
            return [];
        }

        _list.Clear();
        var depth = _reader.Depth;
        while (_reader.Read() && _reader.Depth > depth)
        {
            if (_reader.NodeType == XmlNodeType.Element && Is(_names.Entry) && ReadDependency() is { } dependency)
            {
                CountItem();
                _list.Add(dependency);
            }
        }

        return [.. _list];
    }

    private void CountItem()
    {
        if (++_items > MaxItems)
        {
            throw new XmlException($"it has more than {MaxItems} dependencies and files");
        }
    }

    private Dependency? ReadDependency()
    {
        string? name = null;
        string? version = null;
        string? release = null;
        var epoch = "";
        var flags = DependencyFlags.Any;
        while (_reader.MoveToNextAttribute())
        {
            if (Is(_names.Name))
            {
                name = _reader.Value;
            }
            else if (Is(_names.Flags))
            {
                flags |= ToFlags(_reader.Value);
            }
            else if (Is(_names.Epoch))
            {
                epoch = _reader.Value;
            }
            else if (Is(_names.Ver))
            {
                version = _reader.Value;
            }
            else if (Is(_names.Rel))
            {
                release = _reader.Value;
            }
            else if (Is(_names.Pre) && _reader.Value is "1" or "TRUE")
            {
                flags |= DependencyFlags.Prerequisite;
            }
        }

        _reader.MoveToElement();
        return name is null ? null : _strings.Dependency(name, flags, version is null ? null : _strings.Version(epoch, version, release));
    }

    private string? Attribute(string name) => _reader.GetAttribute(name);

    private static DependencyFlags ToFlags(string text) => text switch
    {
        "EQ" => DependencyFlags.Equal,
        "LT" => DependencyFlags.Less,
        "LE" => DependencyFlags.Less | DependencyFlags.Equal,
        "GT" => DependencyFlags.Greater,
        "GE" => DependencyFlags.Greater | DependencyFlags.Equal,
        _ => DependencyFlags.Any,
    };

    // Names from the reader's own table can be compared as references.
    private sealed class Names(XmlNameTable table)
    {
        private readonly string[] _kinds = Array.ConvertAll(PackageDraft.DependencyKinds, table.Add);

        public string Package { get; } = table.Add("package");

        public string Name { get; } = table.Add("name");

        public string Arch { get; } = table.Add("arch");

        public string Version { get; } = table.Add("version");

        public string Epoch { get; } = table.Add("epoch");

        public string Ver { get; } = table.Add("ver");

        public string Rel { get; } = table.Add("rel");

        public string Checksum { get; } = table.Add("checksum");

        public string Type { get; } = table.Add("type");

        public string Summary { get; } = table.Add("summary");

        public string Time { get; } = table.Add("time");

        public string Build { get; } = table.Add("build");

        public string Size { get; } = table.Add("size");

        public string Installed { get; } = table.Add("installed");

        public string Location { get; } = table.Add("location");

        public string Href { get; } = table.Add("href");

        public string Format { get; } = table.Add("format");

        public string Vendor { get; } = table.Add("vendor");

        public string SourceRpm { get; } = table.Add("sourcerpm");

        public string File { get; } = table.Add("file");

        public string Entry { get; } = table.Add("entry");

        public string Flags { get; } = table.Add("flags");

        public string Pre { get; } = table.Add("pre");

        public bool TryGetKind(string name, out int kind)
        {
            for (kind = 0; kind < _kinds.Length; kind++)
            {
                if (ReferenceEquals(name, _kinds[kind]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
