using System.Collections.Immutable;
using NodeImage.Compose.Libraries;

namespace NodeImage.Compose.Tests.Libraries;

/// <summary>What a library's items name is in its folder, and nothing takes the place of anything else.</summary>
public sealed class LibraryFolderTests : IDisposable
{
    private readonly TemporaryFolder _project = new();
    private readonly TemporaryFolder _library = new();

    public void Dispose()
    {
        _project.Dispose();
        _library.Dispose();
    }

    [Fact]
    public void Files_of_one_name_are_kept_apart()
    {
        var folder = new LibraryFolder(_library.Root, _project.Root);
        var items = ((string[])["one/kubelet.service", "two/kubelet.service", "three/Kubelet.service"])
            .Select(path => folder.Add(Kind("SystemdUnit"), Item("SystemdUnit", _project.Write(path, System.Text.Encoding.UTF8.GetBytes(path))), null).Identity)
            .ToList();
        Assert.Equal(["units/kubelet.service", "units/2/kubelet.service", "units/3/Kubelet.service"], items);
        Assert.Equal(["one/kubelet.service", "two/kubelet.service", "three/Kubelet.service"], items.Select(path => File.ReadAllText(_library[path])));
    }

    [Fact]
    public void A_package_that_is_a_name_stays_a_name()
    {
        var item = Item("RpmPackage", "bash");
        Assert.Same(item, new LibraryFolder(_library.Root, _project.Root).Add(Kind("RpmPackage"), item, null));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_library.Root));
    }

    [Fact]
    public void A_package_that_is_a_file_is_carried()
    {
        var path = _project.Write("x-1-1.noarch.rpm", [1, 2, 3]);
        var item = new LibraryFolder(_library.Root, _project.Root).Add(Kind("RpmPackage"), Item("RpmPackage", path), null);
        Assert.Equal("rpms/x-1-1.noarch.rpm", item.Identity);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_library[item.Identity]));
    }

    private static LibraryItemKind Kind(string type) => LibraryItemKind.All.Single(kind => kind.ItemType == type);

    private static LibraryItem Item(string type, string identity) => new(type, identity, ImmutableSortedDictionary<string, string>.Empty);
}
