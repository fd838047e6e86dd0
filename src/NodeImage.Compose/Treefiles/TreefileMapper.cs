using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Compose.Treefiles;

/// <summary>Makes items and properties of a treefile.</summary>
public sealed class TreefileMapper
{
    private readonly Treefile _treefile;
    private readonly TreefileMapping _mapping;
    private readonly ImmutableArray<TreefileItem>.Builder _items = ImmutableArray.CreateBuilder<TreefileItem>();
    private readonly ImmutableSortedDictionary<string, string>.Builder _properties = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
    private readonly ImmutableArray<(string Path, string Text)>.Builder _scripts = ImmutableArray.CreateBuilder<(string Path, string Text)>();

    private TreefileMapper(Treefile treefile, TreefileMapping mapping)
    {
        _treefile = treefile;
        _mapping = mapping;
    }

    /// <summary>Makes items and properties of a treefile.</summary>
    /// <param name="treefile">The treefile, as it was read.</param>
    /// <param name="mapping">How it becomes a part of the project.</param>
    /// <returns>What it comes to.</returns>
    /// <exception cref="DiagnosticException">It asks for what a project cannot have.</exception>
    public static TreefileContribution Map(Treefile treefile, TreefileMapping mapping)
    {
        var mapper = new TreefileMapper(treefile, mapping);
        mapper.AddPackages();
        mapper.AddRepositories();
        mapper.AddSettings();
        mapper.AddTree();
        mapper.AddAccounts();
        mapper.AddScripts();
        mapper.AddFields();
        return new TreefileContribution(mapper._items.ToImmutable(), mapper._properties.ToImmutable(), mapper._scripts.ToImmutable());
    }

    private void AddPackages()
    {
        AddAll("RpmPackage", "packages");
        foreach (var entry in _treefile.List("repo-packages").Cast<MapValue>())
        {
            foreach (var package in ((ListValue)entry.Find("packages")!).Items.Cast<TextValue>())
            {
                Add("RpmPackage", package, ("Repository", ((TextValue)entry.Find("repo")!).Text));
            }
        }

        AddAll("ExcludedPackage", "exclude-packages");
    }

    private void AddRepositories()
    {
        var finder = new RepositoryFinder(_treefile, _mapping);
        foreach (var item in finder.Find())
        {
            _items.Add(item);
        }
    }

    private void AddSettings()
    {
        // What is not said is true to rpm-ostree.
        _properties["RpmInstallWeakDependencies"] = _treefile.Flag("recommends") == false ? "false" : "true";
        _properties["RpmInstallDocumentation"] = _treefile.Flag("documentation") == false ? "false" : "true";
        SetList("RpmInstallLanguages", "install-langs");
        SetList("InitramfsArguments", "initramfs-args");
        Set("DefaultTarget", "default-target");
        Set("MutateOSRelease", "mutate-os-release");
        Set("OSImageVersionPrefix", "automatic-version-prefix");
        if (_treefile.Flag("no-initramfs") == true)
        {
            _properties["Initramfs"] = "None";
        }

        if (_treefile.Find("automatic-version-prefix") is TextValue prefix && !Engines.VersionPrefix.IsValid(prefix.Text))
        {
            throw new DiagnosticException(TreefileDiagnostics.InvalidValue.In(prefix.Place, "automatic-version-prefix", prefix, "its date has a form that is not known; %Y %y %m %d %H %M %S %j %V %s are"));
        }
    }

    private void AddTree()
    {
        AddLayers("ostree-layers", []);
        AddLayers("ostree-override-layers", [("LayerKind", "Override")]);
        foreach (var unit in _treefile.List("units").Cast<TextValue>())
        {
            Add("SystemdUnitState", unit, ("State", "Enabled"));
        }

        foreach (var entry in _treefile.List("remove-from-packages").Cast<ListValue>())
        {
            foreach (var pattern in entry.Items.Skip(1).Cast<TextValue>())
            {
                Add("PackageFileRemoval", (TextValue)entry.Items[0], ("Pattern", pattern.Text));
            }
        }

        AddAll("RemovedFile", "remove-files");
        foreach (var (source, destination) in _treefile.AddFiles)
        {
            _items.Add(new TreefileItem("Overlay", Locate(source), [("ImagePath", "/" + destination.TrimStart('/'))], source.Place));
        }

        AddAll("ContainerDefaultArgs", "container-cmd");
    }

    private void AddLayers(string field, ImmutableArray<(string, string)> kind)
    {
        foreach (var layer in _treefile.List(field).Cast<TextValue>())
        {
            var folder = LayerFolders.Find(layer, _mapping);
            ImmutableArray<(string, string)> metadata = [("Layer", layer.Text), .. kind];
            if (File.Exists(Path.Combine(folder, StatOverride.FileName)))
            {
                metadata = metadata.Add(("StatOverride", _mapping.PathOf(Path.Combine(folder, StatOverride.FileName))));
            }

            _items.Add(new TreefileItem("Overlay", _mapping.PathOf(folder), metadata, layer.Place));
        }
    }

    private void AddAccounts()
    {
        AddAll("EtcGroupMember", "etc-group-members");
        AddPins("check-passwd", "PasswdFile", (name, ids) => Add("PinnedUser", name, ids is ListValue { Items: [var uid, var gid] } ? [("Uid", uid.ToString()!), ("Gid", gid.ToString()!)] : [("Uid", ids.ToString()!)]));
        AddPins("check-groups", "GroupFile", (name, id) => Add("PinnedGroup", name, ("Gid", id.ToString()!)));
    }

    private void AddPins(string field, string property, Action<TextValue, TreefileValue> addEntry)
    {
        if (_treefile.Find(field) is not MapValue check)
        {
            return;
        }

        if (check.Find("filename") is TextValue file)
        {
            _properties[property] = Locate(file);
        }

        foreach (var entry in (check.Find("entries") as MapValue)?.Entries ?? [])
        {
            addEntry(new TextValue(entry.Name, entry.NamePlace), entry.Value);
        }
    }

    private void AddScripts()
    {
        var scripts = _treefile.List("postprocess").Cast<TextValue>().ToList();
        var width = scripts.Count > 99 ? "000" : "00";
        for (var i = 0; i < scripts.Count; i++)
        {
            var path = $"{_mapping.ScriptFolder}/{(i + 1).ToString(width, CultureInfo.InvariantCulture)}.sh";
            _scripts.Add((path, scripts[i].Text));
            Add("PostProcessScript", new TextValue(path, scripts[i].Place));
        }

        if (_treefile.Find("postprocess-script") is TextValue file)
        {
            Add("PostProcessScript", new TextValue(Locate(file), file.Place));
        }
    }

    private void AddFields()
    {
        foreach (var (name, value) in _treefile.Fields)
        {
            var carried = name is "check-passwd" or "check-groups"
                ? value is MapValue map && map.Find("type") is TextValue { Text: "none" or "previous" }
                : !FieldUses.HasItem(name);
            if (carried)
            {
                _items.Add(new TreefileItem("TreefileField", name, [("Value", FieldText.Format(name, value))], value.Place));
            }
        }
    }

    private void AddAll(string itemType, string field)
    {
        foreach (var text in _treefile.List(field).Cast<TextValue>())
        {
            Add(itemType, text);
        }
    }

    private void Add(string itemType, TextValue include, params (string, string)[] metadata) => _items.Add(new TreefileItem(itemType, include.Text, [.. metadata], include.Place));

    private void Set(string property, string field)
    {
        if (_treefile.Text(field) is { } text)
        {
            _properties[property] = text;
        }
    }

    private void SetList(string property, string field)
    {
        if (_treefile.Texts(field) is { IsEmpty: false } texts)
        {
            _properties[property] = string.Join(';', texts);
        }
    }

    // A file is named relative to the treefile that names it.
    private string Locate(TextValue file)
    {
        var path = _mapping.Source.Locate(Path.GetDirectoryName(file.Place!.File)!, file.Text);
        return File.Exists(path) ? _mapping.PathOf(path) : throw new DiagnosticException(TreefileDiagnostics.FileMissing.In(file.Place, file.Text, path, file.Place.File));
    }
}
