using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Compose.Treefiles;

/// <summary>Says as a treefile what a project says.</summary>
/// <param name="Treefile">The treefile.</param>
/// <param name="Layers">The layers that it names, in order.</param>
/// <param name="AddedFiles">The files that it names, by the names that it has for them.</param>
internal sealed record TreefileExport(Treefile Treefile, ImmutableArray<ExportedLayer> Layers, ImmutableArray<(string Name, OverlayEntry Entry)> AddedFiles)
{
    /// <summary>What the treefile calls the file of users.</summary>
    public const string PasswdName = "passwd";

    /// <summary>What the treefile calls the file of groups.</summary>
    public const string GroupName = "group";

    private static readonly Regex Added = new("^/(?:usr/(?!local/)|etc/|bin/|sbin/|lib/|lib64/)", RegexOptions.CultureInvariant);

    /// <summary>Makes a treefile of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="projectFolder">The folder that its files are relative to.</param>
    /// <exception cref="DiagnosticException">It says what no treefile can say.</exception>
    public static TreefileExport Of(ImageDefinition definition, string projectFolder)
    {
        ExportChecks.Check(definition);
        var layers = ExportedLayer.All(definition);
        var files = definition.Overlays.Where(overlay => overlay.IsFile).SelectMany(overlay => overlay.Entries.Select(entry => (overlay.Item, Entry: entry)))
            .Select((file, i) => ($"files/{i + 1:00}-{Path.GetFileName(file.Entry.Path)}", CheckAdded(file.Item, file.Entry)))
            .ToImmutableArray();
        var treefile = WithTree(WithPackages(Treefile.Empty, definition), definition, projectFolder)
            .With("ostree-layers", layers.Where(layer => !layer.IsOverride).Select(layer => layer.Name))
            .With("ostree-override-layers", layers.Where(layer => layer.IsOverride).Select(layer => layer.Name));
        if (!files.IsEmpty)
        {
            treefile = treefile.With("add-files", new ListValue([.. files.Select(file => TreefileValue.OfTexts([file.Item1, file.Item2.Path]))], null));
        }

        return new TreefileExport(treefile, layers, files);
    }

    private static Treefile WithPackages(Treefile treefile, ImageDefinition definition)
    {
        treefile = treefile
            .With("packages", definition.Packages.Where(package => package.Repository is null).Select(Spec).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(PackageNames.Join))
            .With("exclude-packages", definition.Tree.ExcludedPackages)
            .With("repos", definition.Repositories.Select(repository => repository.Id))
            .With("install-langs", definition.PackageOptions.Languages)
            .With("recommends", definition.PackageOptions.WeakDependencies ? null : TreefileValue.Of(false));
        if (!definition.PackageOptions.Documentation && definition.Kind != ImageKind.Layered)
        {
            // What adds packages to an image takes the image's own setting.
            treefile = treefile.With("documentation", TreefileValue.Of(false));
        }

        var byRepository = definition.Packages.Where(package => package.Repository is not null).GroupBy(package => package.Repository!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        return byRepository.Count == 0 ? treefile : treefile.With("repo-packages", new ListValue([.. byRepository.Select(group => new MapValue(
        [
            new MapEntry("repo", TreefileValue.Of(group.Key)),
            new MapEntry("packages", TreefileValue.OfTexts(group.Select(Spec).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(PackageNames.Join))),
        ], null))], null));
    }

    private static Treefile WithTree(Treefile treefile, ImageDefinition definition, string projectFolder)
    {
        var tree = definition.Tree;
        treefile = treefile
            .With("default-target", TextOf(tree.DefaultTarget))
            .With("mutate-os-release", TextOf(tree.MutateOSRelease))
            .With("automatic-version-prefix", TextOf(definition.Version ?? tree.VersionPrefix))
            .With("container-cmd", definition.Container.Command)
            .With("initramfs-args", tree.InitramfsArguments)
            .With("no-initramfs", definition.Initramfs == InitramfsKind.Dracut ? null : TreefileValue.Of(true))
            .With("units", EnabledUnits(definition))
            .With("etc-group-members", tree.EtcGroups)
            .With("remove-files", tree.RemovedFiles.Select(path => path.TrimStart('/')))
            .With("postprocess", definition.PostProcessScripts.Select(script => ScriptText(script, projectFolder)))
            .With("remove-from-packages", FileRemovals(tree.FileRemovals))
            .With("check-passwd", Check(tree.Pins.PasswdFile is null ? null : PasswdName, tree.Pins.Users.Select(user => new MapEntry(user.Name, user.Uid == user.Gid ? TreefileValue.Of(user.Uid) : new ListValue([TreefileValue.Of(user.Uid), TreefileValue.Of(user.Gid)], null)))))
            .With("check-groups", Check(tree.Pins.GroupFile is null ? null : GroupName, tree.Pins.Groups.Select(group => new MapEntry(group.Name, TreefileValue.Of(group.Gid)))));
        return tree.Fields.Aggregate(treefile, (result, field) => result.With(field.Key, FieldText.Parse(field.Key, field.Value)));
    }

    private static IEnumerable<string> EnabledUnits(ImageDefinition definition) => definition.Units
        .Where(unit => unit is { State: UnitState.Enabled, Scope: UnitScope.System, DropInFor: null })
        .Select(unit => unit.Name)
        .Concat(definition.UnitStates.Where(state => state is { State: UnitState.Enabled, Scope: UnitScope.System }).Select(state => state.Name))
        .Distinct(StringComparer.Ordinal);

    private static string Spec(PackageRequest package) => package.Version is { } version ? $"{package.Spec}-{version}" : package.Spec;

    private static TreefileValue? TextOf(string? text) => text is null ? null : TreefileValue.Of(text);

    private static ListValue? FileRemovals(ImmutableArray<PackageFileRemoval> removals)
    {
        // What is said of one package in a row is one entry.
        var entries = new List<List<string>>();
        foreach (var removal in removals)
        {
            if (entries.Count == 0 || entries[^1][0] != removal.Package)
            {
                entries.Add([removal.Package]);
            }

            entries[^1].Add(removal.Pattern);
        }

        return entries.Count == 0 ? null : new ListValue([.. entries.Select(TreefileValue.OfTexts)], null);
    }

    private static MapValue? Check(string? file, IEnumerable<MapEntry> entries)
    {
        if (file is not null)
        {
            return new MapValue([new MapEntry("type", TreefileValue.Of("file")), new MapEntry("filename", TreefileValue.Of(file))], null);
        }

        ImmutableArray<MapEntry> all = [.. entries];
        return all.IsEmpty ? null : new MapValue([new MapEntry("type", TreefileValue.Of("data")), new MapEntry("entries", new MapValue(all, null))], null);
    }

    // rpm-ostree runs a script by what its first line says.
    private static string ScriptText(ScriptDefinition script, string projectFolder)
    {
        var text = script.File.Open(projectFolder).ReadText();
        var first = ScriptInterpreter.Of(text);
        return first == script.Interpreter ? text
            : first is null ? $"#!{script.Interpreter}\n{text}"
            : $"#!{script.Interpreter}\n{text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]}";
    }

    private static OverlayEntry CheckAdded(OverlayItem item, OverlayEntry entry) => Added.IsMatch(entry.Path) ? entry
        : throw TreefileUseDiagnostics.NotInTreefile.Error(new ItemReference(item.ItemType, item.Identity), $"The file '{entry.Path}'", "files are added below /usr but not /usr/local, and below /etc, /bin, /sbin, /lib and /lib64", "Put it into a folder that is laid over the image.");
}
