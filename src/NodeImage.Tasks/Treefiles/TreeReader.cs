using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Tasks.Treefiles;

/// <summary>Reads the items and properties that say of a tree what treefiles can say, too, and collects what is wrong with them.</summary>
/// <param name="projectFolder">The project's folder.</param>
internal sealed class TreeReader(string projectFolder)
{
    private readonly List<Diagnostic> _problems = [];

    /// <summary>What is wrong with what was read.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    public static ImmutableArray<string> Names(ITaskItem[] items) => [.. items.Select(item => item.ItemSpec).Distinct(StringComparer.Ordinal)];

    public static ImmutableArray<string> Words(string? text) => [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public ImmutableArray<PackageFileRemoval> FileRemovals(ITaskItem[] items)
    {
        var removals = ImmutableArray.CreateBuilder<PackageFileRemoval>();
        foreach (var item in items)
        {
            var pattern = item.GetMetadata("Pattern");
            var subject = new ItemReference("PackageFileRemoval", item.ItemSpec);
            if (pattern.Length == 0)
            {
                _problems.Add(TaskDiagnostics.MissingMetadata.At(subject, "PackageFileRemoval", item.ItemSpec, "Pattern"));
                continue;
            }

            try
            {
                FilePattern.Compile(pattern);
                removals.Add(new PackageFileRemoval(item.ItemSpec, pattern));
            }
            catch (ArgumentException)
            {
                _problems.Add(TaskDiagnostics.BadMetadata.At(subject, "Pattern", pattern, "a regular expression"));
            }
        }

        return removals.ToImmutable();
    }

    public ImmutableArray<string> Removed(ITaskItem[] items)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (var item in items)
        {
            if (ImagePath.TryNormalize(item.ItemSpec.Replace('\\', '/'), out var path) && path != "/")
            {
                paths.Add(path);
            }
            else
            {
                _problems.Add(TaskDiagnostics.BadImagePath.At(new ItemReference("RemovedFile", item.ItemSpec), item.ItemSpec, item.ItemSpec));
            }
        }

        return paths.ToImmutable();
    }

    public AccountPins Pins(string? passwdFile, string? groupFile, ITaskItem[] users, ITaskItem[] groups) => new()
    {
        PasswdFile = File("PasswdFile", passwdFile),
        GroupFile = File("GroupFile", groupFile),
        Users = [.. users.Select(User).OfType<PinnedUser>().OrderBy(user => user.Name, StringComparer.Ordinal)],
        Groups = [.. groups.Select(item => (item.ItemSpec, Gid: Id("PinnedGroup", item, "Gid")))
            .Where(group => group.Gid is not null)
            .Select(group => new PinnedGroup(group.ItemSpec, group.Gid!.Value))
            .OrderBy(group => group.Name, StringComparer.Ordinal)],
    };

    public ImmutableSortedDictionary<string, string> Fields(ITaskItem[] items)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.GetMetadata("Value").Length == 0)
            {
                _problems.Add(TaskDiagnostics.MissingMetadata.At(new ItemReference("TreefileField", item.ItemSpec), "TreefileField", item.ItemSpec, "Value"));
                continue;
            }

            try
            {
                fields[item.ItemSpec] = FieldUses.Check(item.ItemSpec, item.GetMetadata("Value"));
            }
            catch (DiagnosticException e)
            {
                _problems.AddRange(e.At(new ItemReference("TreefileField", item.ItemSpec)).Diagnostics);
            }
        }

        return fields.ToImmutable();
    }

    /// <summary>Sees to it that what treefiles are to be read with makes sense.</summary>
    public void CheckTreefiles(ITaskItem[] items)
    {
        foreach (var item in items)
        {
            try
            {
                _ = TreefileSettings.Of(item, projectFolder);
            }
            catch (DiagnosticException e)
            {
                _problems.AddRange(e.At(new ItemReference("Treefile", item.ItemSpec)).Diagnostics);
            }
        }
    }

    public string? Prefix(string? text)
    {
        if (!string.IsNullOrEmpty(text) && !VersionPrefix.IsValid(text))
        {
            _problems.Add(TaskDiagnostics.BadProperty.At(new ItemReference("OSImageVersionPrefix", text), "OSImageVersionPrefix", text, "a text, with <date:FORMAT> made of %Y %y %m %d %H %M %S %j %V %s"));
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    private SourceFile? File(string property, string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        var file = SourceFiles.Describe(path, projectFolder);
        if (file is null)
        {
            _problems.Add(TaskDiagnostics.FileNotFound.At(new ItemReference(property, path), property, path));
        }

        return file;
    }

    // The group's number is the user's, unless it is said.
    private PinnedUser? User(ITaskItem item)
    {
        var uid = Id("PinnedUser", item, "Uid");
        var gid = item.GetMetadata("Gid").Length == 0 ? uid : Id("PinnedUser", item, "Gid");
        return uid is null || gid is null ? null : new PinnedUser(item.ItemSpec, uid.Value, gid.Value);
    }

    private uint? Id(string itemType, ITaskItem item, string name)
    {
        var text = item.GetMetadata(name);
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        var subject = new ItemReference(itemType, item.ItemSpec);
        _problems.Add(text.Length == 0 ? TaskDiagnostics.MissingMetadata.At(subject, itemType, item.ItemSpec, name) : TaskDiagnostics.BadMetadata.At(subject, name, text, "a number"));
        return null;
    }
}
