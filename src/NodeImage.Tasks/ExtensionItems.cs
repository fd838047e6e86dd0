using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>Reads <c>OSExtension</c> items, and what they mean for the rest of a project.</summary>
/// <param name="reader">Reads items, and collects what is wrong with them.</param>
/// <param name="items">The items.</param>
internal sealed class ExtensionItems(ItemReader reader, ITaskItem[] items)
{
    private const string ItemType = "OSExtension";

    private readonly List<ITaskItem> _wanted = [.. items.Where(reader.IsForArchitecture)];

    /// <summary>Reads the extensions that there are for the architecture.</summary>
    public ImmutableArray<ExtensionDefinition> Read(ITaskItem[] repositories)
    {
        foreach (var name in _wanted.Select(item => item.ItemSpec).CountBy(name => name, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => count.Key).Order(StringComparer.Ordinal))
        {
            reader.Report(ExtensionItemDiagnostics.Repeated.At(new ItemReference(ItemType, name), name));
        }

        foreach (var item in items)
        {
            CheckRepositories(item, repositories);
        }

        return [.. _wanted.Select(Read)];
    }

    /// <summary>Leaves out the repositories that are there only for extensions of other architectures, where they may not exist.</summary>
    public ITaskItem[] InUse(ITaskItem[] repositories)
    {
        var named = items.SelectMany(RepositoriesOf).ToHashSet(StringComparer.Ordinal);
        var wanted = _wanted.SelectMany(RepositoriesOf).ToHashSet(StringComparer.Ordinal);
        return Array.FindAll(repositories, repository => !named.Contains(repository.ItemSpec) || wanted.Contains(repository.ItemSpec));
    }

    /// <summary>Sees to it that extensions, and nothing else, are where extensions are made.</summary>
    /// <param name="kind">What the project makes.</param>
    /// <param name="others">The items that make part of other images, by type.</param>
    public void CheckPlace(ImageKind kind, IEnumerable<(string ItemType, ITaskItem Item)> others)
    {
        if (kind != ImageKind.Extensions)
        {
            foreach (var item in items)
            {
                reader.Report(ExtensionItemDiagnostics.OutOfPlace.At(new ItemReference(ItemType, item.ItemSpec), item.ItemSpec, kind));
            }

            return;
        }

        foreach (var (type, item) in others)
        {
            reader.Report(ExtensionItemDiagnostics.NotForExtensions.At(new ItemReference(type, item.ItemSpec), type, item.ItemSpec));
        }
    }

    private static IEnumerable<string> RepositoriesOf(ITaskItem item) => ItemReader.List(item, "Repositories");

    private ExtensionDefinition Read(ITaskItem item)
    {
        ImmutableArray<string> packages = [.. ItemReader.List(item, "Packages").Distinct(StringComparer.Ordinal)];
        if (packages.IsEmpty)
        {
            reader.Require(ItemType, item, "Packages");
        }

        return new ExtensionDefinition(item.ItemSpec, packages)
        {
            Kind = KindOf(item),
            MatchBaseEvr = ItemReader.Text(item, "MatchBaseEvr"),
            Repositories = [.. RepositoriesOf(item).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    // "os-extension" is how rpm-ostree writes it, "OSExtension" how .NET does.
    private ExtensionKind KindOf(ITaskItem item)
    {
        var text = ItemReader.Text(item, "Kind") ?? nameof(ExtensionKind.OSExtension);
        if (ItemReader.Enum<ExtensionKind>(text.Replace("-", "", StringComparison.Ordinal)) is { } kind)
        {
            return kind;
        }

        reader.Report(TaskDiagnostics.BadMetadata.At(new ItemReference(ItemType, item.ItemSpec), "Kind", text, string.Join(", ", Enum.GetNames<ExtensionKind>())));
        return default;
    }

    private void CheckRepositories(ITaskItem item, ITaskItem[] repositories)
    {
        foreach (var name in RepositoriesOf(item).Where(name => !repositories.Any(repository => repository.ItemSpec == name)))
        {
            var known = repositories.Length == 0 ? "none" : string.Join(", ", repositories.Select(repository => $"'{repository.ItemSpec}'"));
            reader.Report(ExtensionItemDiagnostics.UnknownRepository.At(new ItemReference(ItemType, item.ItemSpec), item.ItemSpec, name, known));
        }
    }
}
