using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Libraries;
using NodeImage.Compose.Testing;
using NodeImage.Compose.Treefiles;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Tasks;

/// <summary>Turns MSBuild's items into records, and collects what is wrong with them.</summary>
/// <param name="projectFolder">The project's folder.</param>
/// <param name="architecture">The architecture that the image is made for, in rpm's words.</param>
internal sealed class ItemReader(string projectFolder, string architecture)
{
    private readonly List<Diagnostic> _problems = [];

    /// <summary>What is wrong with the items that were read.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>Adds something that is wrong with an item.</summary>
    internal void Report(Diagnostic problem) => _problems.Add(problem);

    /// <summary>Reads a name of an enumeration.</summary>
    /// <returns>The value, or null for what is no name of it.</returns>
    public static T? Enum<T>(string? text)
        where T : struct, Enum => System.Enum.TryParse<T>(text, ignoreCase: true, out var value) && System.Enum.IsDefined(value) && !int.TryParse(text, out _) ? value : null;

    public ImmutableArray<PackageRequest> Packages(ITaskItem[] items) =>
    [
        .. items.Where(IsForArchitecture)
            .Select(item => new PackageRequest(item.ItemSpec, Text(item, "Version"), Text(item, "Repository"))
            {
                File = item.ItemSpec.EndsWith(".rpm", StringComparison.OrdinalIgnoreCase) ? File("RpmPackage", item.ItemSpec) : null,
            })
            .OrderBy(package => package.Spec, StringComparer.Ordinal),
    ];

    public ImmutableArray<RepositoryDefinition> Repositories(ITaskItem[] items)
    {
        var wanted = items.Where(IsForArchitecture).ToList();
        foreach (var name in wanted.Select(item => item.ItemSpec).CountBy(name => name, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => count.Key).Order(StringComparer.Ordinal))
        {
            _problems.Add(TaskDiagnostics.RepeatedRepository.At(new ItemReference("RpmRepository", name), name));
        }

        return [.. wanted.Select(Repository)];
    }

    private RepositoryDefinition Repository(ITaskItem item) => new()
    {
        Id = item.ItemSpec,
        BaseUrl = Address(Text(item, "BaseUrl")),
        MirrorList = Address(Text(item, "MirrorList")),
        MetaLink = Address(Text(item, "MetaLink")),
        Keys = [.. List(item, "GpgKey").Where(key => !IsAddress(key)).Select(key => File("RpmRepository", key, item.ItemSpec)).OfType<SourceFile>()],
        KeyAddresses = [.. List(item, "GpgKey").Where(IsAddress).Select(Expand)],
        GpgCheck = Flag("RpmRepository", item, "GpgCheck", true),
        RepoGpgCheck = Flag("RpmRepository", item, "RepoGpgCheck", false),
        Priority = Number("RpmRepository", item, "Priority", 99),
        Cost = Number("RpmRepository", item, "Cost", 1000),
        IncludePackages = [.. List(item, "IncludePackages")],
        ExcludePackages = [.. List(item, "ExcludePackages")],
    };

    public ImmutableArray<PackageOverride> Overrides(ITaskItem[] items) =>
    [
        .. items.Select(item => new PackageOverride(item.ItemSpec, Text(item, "Version"), Require("RpmPackageOverride", item, "Reason")))
            .OrderBy(change => change.Name, StringComparer.Ordinal),
    ];

    public static ImmutableArray<ForbiddenPackage> Forbidden(ITaskItem[] items) =>
    [
        .. items.Select(item => new ForbiddenPackage(item.ItemSpec, Text(item, "Reason") ?? "it is forbidden by the project."))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    public ImmutableArray<UnitDefinition> Units(ITaskItem[] items)
    {
        var units = ImmutableArray.CreateBuilder<UnitDefinition>();
        foreach (var item in items.OrderBy(item => item.ItemSpec, StringComparer.Ordinal))
        {
            if (File("SystemdUnit", item.ItemSpec) is not { } file)
            {
                continue;
            }

            var dropIn = Text(item, "DropInFor");
            var name = Path.GetFileName(file.Path);
            CheckUnitName("SystemdUnit", item, dropIn ?? name);
            units.Add(new UnitDefinition(name, file, Choice("SystemdUnit", item, "State", UnitState.Preset), Choice("SystemdUnit", item, "Scope", UnitScope.System), dropIn));
        }

        return units.ToImmutable();
    }

    public ImmutableArray<UnitStateDefinition> UnitStates(ITaskItem[] items)
    {
        var states = ImmutableArray.CreateBuilder<UnitStateDefinition>();
        foreach (var item in items.OrderBy(item => item.ItemSpec, StringComparer.Ordinal))
        {
            CheckUnitName("SystemdUnitState", item, item.ItemSpec);
            Require("SystemdUnitState", item, "State");
            states.Add(new UnitStateDefinition(item.ItemSpec, Choice("SystemdUnitState", item, "State", UnitState.Preset), Choice("SystemdUnitState", item, "Scope", UnitScope.System)));
        }

        return states.ToImmutable();
    }

    public IEnumerable<OverlayDefinition> Overlays(ITaskItem[] items)
    {
        foreach (var item in items)
        {
            var folder = Path.GetFullPath(Path.Combine(projectFolder, item.ItemSpec));
            if (folder.EndsWith(OverlayManifest.Extension, StringComparison.OrdinalIgnoreCase) && System.IO.File.Exists(folder))
            {
                if (ReadManifest(item, folder) is { } carried)
                {
                    yield return carried;
                }

                continue;
            }

            if (System.IO.File.Exists(folder))
            {
                if (SingleFile(item, folder) is { } single)
                {
                    yield return single;
                }

                continue;
            }

            if (!Directory.Exists(folder))
            {
                _problems.Add(TaskDiagnostics.FileNotFound.At(new ItemReference("Overlay", item.ItemSpec), "Overlay folder", item.ItemSpec));
                continue;
            }

            if (PathInImage("Overlay", item, "/") is not { } path)
            {
                continue;
            }

            var options = new OverlayOptions(path) { Mode = Mode(item), Owner = Text(item, "Owner") ?? "root", Group = Text(item, "Group") ?? "root" };
            var entries = OverlayScanner.ScanFolder(folder, projectFolder, options);
            if (Text(item, "StatOverride") is { } modes)
            {
                var modesFile = Path.GetFullPath(Path.Combine(projectFolder, modes));
                if (!System.IO.File.Exists(modesFile))
                {
                    _problems.Add(TaskDiagnostics.FileNotFound.At(new ItemReference("Overlay", item.ItemSpec), "StatOverride", modes));
                    continue;
                }

                entries = StatOverride.Apply(entries, modesFile, path);
            }

            yield return new OverlayDefinition(new OverlayItem("Overlay", item.ItemSpec), entries)
            {
                Layer = Text(item, "Layer"),
                IsOverrideLayer = Choice("Overlay", item, "LayerKind", LayerKind.Normal) == LayerKind.Override,
            };
        }
    }

    private OverlayDefinition? SingleFile(ITaskItem item, string file)
    {
        // The path of the file itself, or of the folder that it goes to.
        if (PathInImage("Overlay", item, null) is not { } path)
        {
            return null;
        }

        var place = Text(item, "ImagePath")!.EndsWith('/') ? ImagePath.Join(path, Path.GetFileName(file)) : path;
        var options = new OverlayOptions(place) { Mode = Mode(item), Owner = Text(item, "Owner") ?? "root", Group = Text(item, "Group") ?? "root" };
        return new OverlayDefinition(new OverlayItem("Overlay", item.ItemSpec), [OverlayScanner.DescribeFile(new FileInfo(file), place, projectFolder, options)]) { IsFile = true };
    }

    private OverlayDefinition? ReadManifest(ITaskItem item, string path)
    {
        try
        {
            return new OverlayDefinition(new OverlayItem("Overlay", item.ItemSpec), OverlayManifest.Read(path));
        }
        catch (InvalidDataException e)
        {
            _problems.Add(TaskDiagnostics.LibraryMalformed.At(new ItemReference("Overlay", item.ItemSpec), item.ItemSpec, e.Message));
            return null;
        }
    }

    public IEnumerable<OverlayDefinition> Programs(ITaskItem[] items)
    {
        foreach (var item in items)
        {
            if (PathInImage("ProjectReference", item, null) is not { } path)
            {
                continue;
            }

            var entries = ProgramLayout.Describe(item.GetMetadata("PublishedTo"), projectFolder, path);
            if (entries.IsEmpty)
            {
                _problems.Add(TaskDiagnostics.EmptyProgram.At(new ItemReference("ProjectReference", item.ItemSpec), item.ItemSpec));
                continue;
            }

            yield return new OverlayDefinition(new OverlayItem("ProjectReference", item.ItemSpec), entries);
        }
    }

    public ImmutableArray<UserDefinition> Users(ITaskItem[] items) =>
        [.. items.Select(item => new UserDefinition(item.ItemSpec, Id("SystemUser", item, "Uid"), Text(item, "Group"), Text(item, "Home"), Text(item, "Shell")))];

    public ImmutableArray<GroupDefinition> Groups(ITaskItem[] items) => [.. items.Select(item => new GroupDefinition(item.ItemSpec, Id("SystemGroup", item, "Gid")))];

    public ImmutableArray<MembershipDefinition> Members(ITaskItem[] items) => [.. items.Select(item => new MembershipDefinition(item.ItemSpec, Require("GroupMember", item, "Group")))];

    public ImmutableArray<string> KernelArguments(ITaskItem[] items) => [.. items.Where(IsForArchitecture).Select(item => item.ItemSpec)];

    public ImmutableArray<ScriptDefinition> Scripts(ITaskItem[] items) =>
    [
        .. items.Select(item => (Item: item, File: File("PostProcessScript", item.ItemSpec)))
            .Where(script => script.File is not null)
            .Select(script => new ScriptDefinition(script.File!, Text(script.Item, "Interpreter") ?? ScriptInterpreter.OfFile(Path.Combine(projectFolder, script.File!.Path)) ?? ScriptInterpreter.Otherwise)),
    ];

    public ImmutableArray<ImageTestScript> Tests(ITaskItem[] items) =>
    [
        .. items.OrderBy(item => item.ItemSpec, StringComparer.Ordinal)
            .Select(item => (Item: item, File: File("ImageTest", item.ItemSpec)))
            .Where(test => test.File is not null)
            .Select(test => new ImageTestScript(test.File!, Text(test.Item, "Interpreter") ?? "/bin/sh")),
    ];

    public static ImmutableSortedDictionary<string, string> Values(ITaskItem[] items, params IEnumerable<string> defaults)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parts in defaults.Select(text => text.Split('=', 2)).Where(parts => parts.Length == 2))
        {
            values[parts[0]] = parts[1];
        }

        foreach (var item in items)
        {
            values[item.ItemSpec] = item.GetMetadata("Value");
        }

        return values.ToImmutable();
    }

    public static ImmutableArray<string> Ports(ITaskItem[] items) =>
        [.. items.Select(item => $"{item.ItemSpec}/{Text(item, "Type") ?? "tcp"}").Order(StringComparer.Ordinal)];

    internal static string? Text(ITaskItem item, string name) => item.GetMetadata(name) is { Length: > 0 } text ? text : null;

    internal static IEnumerable<string> List(ITaskItem item, string name) =>
        item.GetMetadata(name).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private bool Flag(string itemType, ITaskItem item, string name, bool otherwise)
    {
        if (Text(item, name) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        _problems.Add(TaskDiagnostics.BadMetadata.At(new ItemReference(itemType, item.ItemSpec), name, text, "true or false"));
        return otherwise;
    }

    private int Number(string itemType, ITaskItem item, string name, int otherwise)
    {
        if (Text(item, name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _problems.Add(TaskDiagnostics.BadMetadata.At(new ItemReference(itemType, item.ItemSpec), name, text, "a whole number"));
        return otherwise;
    }

    internal bool IsForArchitecture(ITaskItem item) =>
        List(item, "Architectures").ToList() is var wanted && (wanted.Count == 0 || wanted.Contains(architecture, StringComparer.Ordinal));

    private uint? Id(string itemType, ITaskItem item, string name)
    {
        if (Text(item, name) is not { } text)
        {
            return null;
        }

        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        _problems.Add(TaskDiagnostics.BadMetadata.At(new ItemReference(itemType, item.ItemSpec), name, text, "a number"));
        return null;
    }

    private int? Mode(ITaskItem item)
    {
        if (Text(item, "Mode") is not { } text)
        {
            return null;
        }

        if (text.Length is 3 or 4 && text.All(c => c is >= '0' and <= '7'))
        {
            return Convert.ToInt32(text, 8);
        }

        _problems.Add(TaskDiagnostics.BadMetadata.At(new ItemReference("Overlay", item.ItemSpec), "Mode", text, "permissions in octal, such as 0644"));
        return null;
    }

    private T Choice<T>(string itemType, ITaskItem item, string name, T otherwise)
        where T : struct, Enum
    {
        if (Text(item, name) is not { } text)
        {
            return otherwise;
        }

        if (Enum<T>(text) is { } value)
        {
            return value;
        }

        _problems.Add(TaskDiagnostics.BadMetadata.At(new ItemReference(itemType, item.ItemSpec), name, text, string.Join(", ", System.Enum.GetNames<T>())));
        return otherwise;
    }

    internal string Require(string itemType, ITaskItem item, string name)
    {
        if (Text(item, name) is { } text)
        {
            return text;
        }

        _problems.Add(TaskDiagnostics.MissingMetadata.At(new ItemReference(itemType, item.ItemSpec), itemType, item.ItemSpec, name));
        return "";
    }

    private void CheckUnitName(string itemType, ITaskItem item, string name)
    {
        if (!UnitDefinition.IsUnitName(name))
        {
            _problems.Add(TaskDiagnostics.BadUnitName.At(new ItemReference(itemType, item.ItemSpec), name));
        }
    }

    private string? PathInImage(string itemType, ITaskItem item, string? otherwise)
    {
        var text = Text(item, "ImagePath") ?? otherwise;
        if (text is not null && text.StartsWith('/') && ImagePath.TryNormalize(text, out var path))
        {
            return path;
        }

        _problems.Add(TaskDiagnostics.BadImagePath.At(new ItemReference(itemType, item.ItemSpec), item.ItemSpec, text ?? ""));
        return null;
    }

    /// <summary>Sees to it that the projects that are referenced are there, of which MSBuild would only warn, and that there is no second base.</summary>
    /// <param name="items">The references.</param>
    /// <param name="bases">The bases: the references that are images, and the image that <c>ContainerBaseImage</c> names.</param>
    public void CheckReferences(ITaskItem[] items, string[] bases)
    {
        _problems.AddRange(items.Where(item => !System.IO.File.Exists(Path.Combine(projectFolder, item.ItemSpec)))
            .Select(item => TaskDiagnostics.FileNotFound.At(new ItemReference("ProjectReference", item.ItemSpec), "ProjectReference", item.ItemSpec)));
        if (bases.Length > 1)
        {
            var project = items.LastOrDefault(item => bases.Contains(item.ItemSpec, StringComparer.Ordinal))?.ItemSpec;
            _problems.Add(TaskDiagnostics.SeveralBases.At(project is null ? null : new ItemReference("ProjectReference", project), string.Join(", ", bases)));
        }
    }

    private SourceFile? File(string itemType, string path, string? identity = null)
    {
        var file = SourceFiles.Describe(path, projectFolder);
        if (file is null)
        {
            _problems.Add(TaskDiagnostics.FileNotFound.At(new ItemReference(itemType, identity ?? path), itemType == "RpmRepository" ? "GpgKey" : itemType, path));
        }

        return file;
    }

    private static bool IsAddress(string text) => text.Contains("://", StringComparison.Ordinal);

    // A folder's path may be given relative to the project.
    private string? Address(string? text) =>
        text is null ? null : IsAddress(text) ? Expand(text) : Path.GetFullPath(Path.Combine(projectFolder, Expand(text)));

    // dnf's own variable, for one address to serve all architectures.
    private string Expand(string text) => text.Replace("$basearch", architecture, StringComparison.Ordinal).Replace("${basearch}", architecture, StringComparison.Ordinal);
}
