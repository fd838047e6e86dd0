using System.Reflection;
using System.Runtime.Loader;
using NodeImage.Rpm.Database;

namespace NodeImage.Rpm.Tests.Database;

public sealed class LibraryLoadingTests
{
    [Fact]
    public void SQLite_is_found_by_an_assembly_that_a_host_loads_in_a_context_of_its_own()
    {
        using var folder = new TemporaryFolder();
        RpmDatabase.Empty.Write(folder["rpmdb.sqlite"]);
        var context = new HostContext(CopyAside(folder["plugin"]));
        var type = context.LoadFromAssemblyPath(Path.Combine(folder["plugin"], "NodeImage.Rpm.dll")).GetType(typeof(RpmDatabase).FullName!)!;

        var database = type.GetMethod(nameof(RpmDatabase.Read))!.Invoke(null, [folder.Root])!;

        Assert.NotSame(typeof(RpmDatabase), type);
        Assert.Equal(0U, type.GetProperty(nameof(RpmDatabase.LastNumber))!.GetValue(database));
    }

    private static string CopyAside(string target)
    {
        var source = Path.GetDirectoryName(typeof(RpmDatabase).Assembly.Location)!;
        var files = Directory.GetFiles(source, "*.dll").Concat(Directory.GetFiles(Path.Combine(source, "runtimes"), "*", SearchOption.AllDirectories));
        foreach (var file in files)
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    // As MSBuild's: managed assemblies from the folder of the task, native ones left to the runtime.
    private sealed class HostContext(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
