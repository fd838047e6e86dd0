using NodeImage.Core.Files;

namespace NodeImage.Compose.Units;

/// <summary>
/// Enables, disables and masks units by making and removing symbolic links, as <c>systemctl(1)</c> does for a system that
/// does not run.
/// </summary>
/// <param name="tree">The image.</param>
/// <param name="time">The modification time of the links, in seconds since 1970.</param>
internal sealed class UnitEnabler(FileTree tree, long time)
{
    /// <summary>Whether there is a unit of a name, or a template for it.</summary>
    public bool Exists(UnitScope scope, string unit) => UnitInstallSection.Read(tree, scope, unit) is not null;

    /// <summary>Whether anything in the machine's settings links to a unit.</summary>
    public bool IsEnabled(UnitScope scope, string unit) =>
        tree.Resolve(UnitFolders.Machine(scope)) is { } settings
        && FileTree.Walk(settings).Any(node => node.Inode.IsSymbolicLink && node.Name == unit && node.Parent != settings && !IsMask(node));

    /// <summary>Enables a unit with all that comes with it.</summary>
    /// <param name="scope">Whose manager it belongs to.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="folder">Where the links go: the machine's settings, or the vendor's for what the image itself decides.</param>
    /// <returns>False where there is no such unit.</returns>
    public bool Enable(UnitScope scope, string unit, string folder) => Enable(scope, unit, folder, []);

    /// <summary>Disables a unit: removes the links to it from the machine's settings.</summary>
    /// <param name="scope">Whose manager it belongs to.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="folder">Where the links are.</param>
    public void Disable(UnitScope scope, string unit, string folder) => Disable(scope, [unit], folder);

    private void Disable(UnitScope scope, IReadOnlyCollection<string> units, string folder)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(units);
        while (pending.TryDequeue(out var unit))
        {
            if (!IsMasked(scope, unit) && names.Add(unit))
            {
                UnitInstallSection.Read(tree, scope, unit)?.Also.ForEach(pending.Enqueue);
            }
        }

        // A link that goes takes those along that are named as it is.
        while (tree.Resolve(folder) is { } settings && RemoveLinks(settings, names))
        {
        }
    }

    private bool RemoveLinks(FileNode settings, HashSet<string> names)
    {
        var links = FileTree.Walk(settings).Where(node => node.Inode.IsSymbolicLink && !IsMask(node) && UnitName.IsValid(node.Name) && LeadsTo(node, names)).ToList();
        foreach (var link in links)
        {
            var parent = link.Parent!;
            tree.Remove(link);
            if (parent != settings && parent.Children.Count == 0)
            {
                tree.Remove(parent);
            }
        }

        return links.Aggregate(false, (isNew, link) => names.Add(link.Name) || isNew);
    }

    private bool LeadsTo(FileNode link, HashSet<string> names) =>
        names.Contains(link.Name)
        || (UnitName.TemplateOf(link.Name) is { } template && names.Contains(template))
        || names.Contains(ImagePath.Name(link.Inode.LinkTarget!))
        || (tree.Resolve(link.Path) is { } target && names.Contains(target.Name));

    /// <summary>Masks a unit, so that nothing can start it.</summary>
    /// <param name="scope">Whose manager it belongs to.</param>
    /// <param name="unit">The unit.</param>
    public void Mask(UnitScope scope, string unit) => Link(ImagePath.Join(UnitFolders.Machine(scope), unit), "/dev/null");

    /// <summary>Takes a mask away.</summary>
    /// <param name="scope">Whose manager it belongs to.</param>
    /// <param name="unit">The unit.</param>
    public void Unmask(UnitScope scope, string unit)
    {
        if (tree.Find(ImagePath.Join(UnitFolders.Machine(scope), unit)) is { } node && IsMask(node))
        {
            tree.Remove(node);
        }
    }

    /// <summary>Enables or disables a unit as the presets say.</summary>
    /// <param name="scope">Whose manager it belongs to.</param>
    /// <param name="unit">The unit.</param>
    public void Preset(UnitScope scope, string unit) => Preset(scope, [unit]);

    /// <summary>Enables and disables all units as the presets say.</summary>
    /// <param name="scope">Whose manager they belong to.</param>
    public void PresetAll(UnitScope scope) => Preset(scope, UnitFolders.SearchPath(scope)
        .SelectMany(folder => tree.Resolve(folder)?.Children ?? [])
        .Where(node => UnitName.IsValid(node.Name) && !node.Inode.IsDirectory)
        .Select(node => node.Name));

    /// <summary>Enables and disables units as the presets say: first all that go, then all that come.</summary>
    /// <param name="scope">Whose manager they belong to.</param>
    /// <param name="units">The units; one that is only another name for some unit is passed over.</param>
    public void Preset(UnitScope scope, IEnumerable<string> units)
    {
        var presets = UnitPresets.Read(tree, scope);
        var (enabled, disabled) = (new List<string>(), new List<string>());
        foreach (var unit in units.Distinct(StringComparer.Ordinal).Where(unit => !IsAlias(scope, unit)))
        {
            switch (presets.Decide(unit, out var instances))
            {
                case PresetAction.Enable when instances.Count > 0:
                    enabled.AddRange(instances.Select(instance => UnitName.Instantiate(unit, instance)));
                    break;
                case PresetAction.Enable:
                    enabled.Add(unit);
                    break;
                case PresetAction.Disable:
                    disabled.Add(unit);
                    break;
                default:
                    break;
            }
        }

        var folder = UnitFolders.Machine(scope);
        Disable(scope, disabled, folder);
        enabled.ForEach(unit => Enable(scope, unit, folder));
    }

    // The strongest of the files that a unit has.
    private FileNode? First(UnitScope scope, string unit) =>
        UnitFolders.SearchPath(scope).Select(folder => tree.Find(ImagePath.Join(folder, unit))).FirstOrDefault(node => node is not null);

    private bool IsMasked(UnitScope scope, string unit) => First(scope, unit) is { } node && IsMask(node);

    private bool IsAlias(UnitScope scope, string unit) =>
        First(scope, unit) is { Inode.IsSymbolicLink: true } node && tree.Resolve(node.Path)?.Name != unit;

    private bool Enable(UnitScope scope, string unit, string folder, HashSet<string> seen)
    {
        if (!seen.Add(unit))
        {
            return true;
        }

        if (IsMasked(scope, unit) || UnitInstallSection.Read(tree, scope, unit) is not { } section)
        {
            return false;
        }

        var name = unit;
        if (UnitName.IsTemplate(unit))
        {
            // A template without a default instance can be wanted only by what names one.
            name = section.DefaultInstance is { } instance ? UnitName.Instantiate(unit, instance) : unit;
        }

        var target = Target(scope, unit, folder);
        foreach (var alias in section.Alias)
        {
            var link = UnitName.ExpandSpecifiers(alias, name);
            if (link != unit)
            {
                Link(ImagePath.Join(folder, link), target);
            }
        }

        LinkDependents(section.WantedBy, "wants", name, folder, target);
        LinkDependents(section.RequiredBy, "requires", name, folder, target);
        LinkDependents(section.UpheldBy, "upholds", name, folder, target);
        foreach (var also in section.Also)
        {
            Enable(scope, UnitName.ExpandSpecifiers(also, name), folder, seen);
        }

        return true;
    }

    private void LinkDependents(List<string> dependents, string kind, string name, string folder, string target)
    {
        foreach (var dependent in dependents)
        {
            if (UnitName.IsTemplate(name) && !UnitName.IsTemplate(dependent))
            {
                continue;
            }

            var at = $"{folder}/{UnitName.ExpandSpecifiers(dependent, name)}.{kind}/{name}";

            // Inside the vendor's own folder a link is relative, as packages ship them.
            Link(at, target.StartsWith(folder + "/", StringComparison.Ordinal) ? "../" + ImagePath.Name(target) : target);
        }
    }

    private string Target(UnitScope scope, string unit, string folder)
    {
        var name = UnitName.TemplateOf(unit) ?? unit;
        foreach (var place in UnitFolders.SearchPath(scope))
        {
            foreach (var candidate in new[] { unit, name })
            {
                if (tree.Find(ImagePath.Join(place, candidate)) is not null)
                {
                    // In the vendor's own folder links are relative, whatever the folder is called elsewhere.
                    var spelled = place == UnitFolders.Vendor(scope) && folder != place ? UnitFolders.VendorAsLinked(tree, scope) : place;
                    return ImagePath.Join(spelled, candidate);
                }
            }
        }

        return ImagePath.Join(folder, name);
    }

    private void Link(string path, string target)
    {
        if (tree.Find(path) is { Inode: { IsSymbolicLink: true } inode } && inode.LinkTarget == target)
        {
            return;
        }

        tree.Put(path, Inode.SymbolicLink(target) with { ModificationTime = time });
    }

    private static bool IsMask(FileNode node) => node.Inode is { IsSymbolicLink: true, LinkTarget: "/dev/null" };
}
