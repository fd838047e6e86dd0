using System.Reflection;
using System.Runtime.InteropServices;

namespace NodeImage.Core.IO;

/// <summary>
/// Finds the native libraries of NuGet packages. A host that loads our assemblies into a context of its own, as MSBuild
/// does, does not look where they are laid: beside the assembly, under <c>runtimes/(platform)/native</c>.
/// </summary>
public static class NativeLibraries
{
    /// <summary>Makes an assembly find a native library.</summary>
    /// <param name="assembly">The assembly that imports it.</param>
    /// <param name="name">The library's name as the assembly imports it, without prefix and suffix.</param>
    public static void Provide(Assembly assembly, string name)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, (wanted, importer, _) => wanted == name ? Find(importer, name) : 0);
        }
        catch (InvalidOperationException)
        {
            // The host has a resolver of its own.
        }
    }

    private static nint Find(Assembly assembly, string name)
    {
        foreach (var folder in (ReadOnlySpan<string>)[Path.GetDirectoryName(assembly.Location) ?? "", AppContext.BaseDirectory])
        {
            foreach (var candidate in Candidates(folder, FileName(name)))
            {
                if (folder.Length > 0 && File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    // A library for all processors of a Mac lies under the system's name alone.
    private static IEnumerable<string> Candidates(string folder, string file) =>
    [
        Path.Combine(folder, "runtimes", Platform(), "native", file),
        Path.Combine(folder, "runtimes", Platform().Split('-')[0], "native", file),
        Path.Combine(folder, file),
    ];

    private static string FileName(string name) => OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    // The runtime's own identifier may name a distribution, for which no build is laid out.
    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : IsMusl() ? "linux-musl" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static bool IsMusl() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
}
