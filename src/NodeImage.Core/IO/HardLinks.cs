using System.Runtime.InteropServices;

namespace NodeImage.Core.IO;

/// <summary>Second names for files, where the platform and the file system have them.</summary>
public static partial class HardLinks
{
    /// <summary>Gives a file a second name.</summary>
    /// <param name="existing">The file.</param>
    /// <param name="link">The second name; nothing may stand there.</param>
    /// <returns>False where that cannot be done, for instance across file systems: the caller then copies.</returns>
    public static bool TryCreate(string existing, string link) =>
        OperatingSystem.IsWindows() ? CreateHardLink(link, existing, 0) : Link(existing, link) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string link);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string link, string existing, nint attributes);
}
