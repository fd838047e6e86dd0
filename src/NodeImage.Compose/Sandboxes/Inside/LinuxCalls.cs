using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>The calls of Linux that .NET has no like of.</summary>
internal static partial class LinuxCalls
{
    public const ulong MountBind = 1 << 12;
    public const ulong MountNoSuid = 1 << 1;
    public const ulong MountNoDev = 1 << 2;
    public const ulong MountNoExec = 1 << 3;

    public const ulong MountReadOnly = 1;
    public const ulong MountRemount = 1 << 5;
    public const ulong MountRecursive = 1 << 14;

    private const int NewMountNamespace = 0x0002_0000;
    private const int DropFromBoundingSet = 24;
    private const int AtFileDescriptorCwd = -100;
    private const int NoFollow = 0x100;
    private const int DetachUnmount = 2;
    private const int KillSignal = 9;
    private const uint BasicStatistics = 0x7ff;

    /// <summary>The size of <c>struct statx</c>, whose layout is the same on every architecture (<c>linux/stat.h</c>).</summary>
    private const int StatxSize = 256;

    public static void ChangeOwner(string path, uint uid, uint gid) => Check(LChown(path, uid, gid), path);

    public static void ChangeMode(string path, int mode) => Check(ChMod(path, (uint)mode), path);

    public static void MakeLink(string existing, string path) => Check(LinkFile(existing, path), path);

    public static void MakeNode(string path, int mode, uint major, uint minor) => Check(MkNod(path, (uint)mode, MakeDevice(major, minor)), path);

    public static void SetXattr(string path, string name, ReadOnlySpan<byte> value) => Check(LSetXattr(path, name, value, (nuint)value.Length, 0), path);

    public static void SetTime(string path, long seconds)
    {
        // Twice seconds and nanoseconds, eight bytes each wherever .NET runs.
        ReadOnlySpan<long> times = [seconds, 0, seconds, 0];
        Check(UTimeNsAt(AtFileDescriptorCwd, path, times, NoFollow), path);
    }

    public static void Mount(string source, string target, string? type, ulong flags, string? data) => Check(MountFileSystem(source, target, type, (nuint)flags, data), target);

    public static bool TryMount(string source, string target, string? type, ulong flags, string? data) => MountFileSystem(source, target, type, (nuint)flags, data) == 0;

    public static void Unmount(string target) => Check(UnmountFileSystem(target, DetachUnmount), target);

    /// <summary>Ends every process in this process's own namespace but itself.</summary>
    public static void KillOthers() => _ = Kill(-1, KillSignal);

    /// <summary>The extended attributes of a file, by name.</summary>
    public static SortedDictionary<string, byte[]> ReadXattrs(string path)
    {
        var attributes = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        Span<byte> names = stackalloc byte[4096];
        Span<byte> value = stackalloc byte[4096];
        var length = (int)LListXattr(path, names, (nuint)names.Length);
        for (var rest = names[..Math.Max(length, 0)]; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)0);
            var name = System.Text.Encoding.UTF8.GetString(rest[..end]);
            rest = rest[(end + 1)..];
            var size = (int)LGetXattr(path, name, value, (nuint)value.Length);
            if (size >= 0 && name != "security.selinux")
            {
                attributes[name] = value[..size].ToArray();
            }
        }

        return attributes;
    }

    /// <summary>Reads a file's status, not following a link.</summary>
    public static FileStatus ReadStatus(string path)
    {
        Span<byte> buffer = stackalloc byte[StatxSize];
        Check(Statx(AtFileDescriptorCwd, path, NoFollow, BasicStatistics, buffer), path);
        return FileStatus.Read(buffer);
    }

    /// <summary>Sets which permissions new files do not get, whatever the user's own setting is.</summary>
    public static void SetFileCreationMask(int mask) => _ = UMask((uint)mask);

    /// <summary>Gives this namespace a name, so that none of the machine's gets into files.</summary>
    public static void SetHostName(string name) => Check(SetName(name, (nuint)name.Length), name);

    // gnu_dev_makedev of sys/sysmacros.h.
    private static ulong MakeDevice(uint major, uint minor) =>
        ((ulong)(major & 0xfffff000) << 32) | ((ulong)(major & 0xfff) << 8) | ((ulong)(minor & 0xffffff00) << 12) | (minor & 0xff);

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{path}: {new Win32Exception(error).Message}", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int LChown(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChMod(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint UMask(uint mask);

    [LibraryImport("libc", EntryPoint = "sethostname", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetName(string name, nuint length);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int LinkFile(string existing, string path);

    [LibraryImport("libc", EntryPoint = "mknod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MkNod(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "lsetxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int LSetXattr(string path, string name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "llistxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint LListXattr(string path, Span<byte> names, nuint size);

    [LibraryImport("libc", EntryPoint = "lgetxattr", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint LGetXattr(string path, string name, Span<byte> value, nuint size);

    [LibraryImport("libc", EntryPoint = "utimensat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int UTimeNsAt(int folder, string path, ReadOnlySpan<long> times, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MountFileSystem(string source, string target, string? type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int UnmountFileSystem(string target, int flags);

    /// <summary>Gives this thread mounts, a root and a working folder of its own.</summary>
    public static void UnshareMounts() => Check(Unshare(NewMountNamespace), "unshare");

    /// <summary>Makes a folder this thread's root, and what was the root unreachable.</summary>
    /// <returns>False where the system does not let the root be changed so, as in a folder that is a root by <c>chroot</c> itself.</returns>
    public static bool TryPivotRoot(string folder)
    {
        Check(ChDir(folder), folder);

        // Both at once: the old root lies over the new one, and is taken away (pivot_root(2), "pivot_root(".", ".")").
        if (PivotRoot(".", ".") != 0)
        {
            return false;
        }

        Unmount(".");
        Check(ChDir("/"), "/");
        return true;
    }

    /// <summary>Makes a folder this thread's root, by its name only.</summary>
    public static void ChangeRoot(string folder)
    {
        Check(ChRoot(folder), folder);
        Check(ChDir("/"), "/");
    }

    /// <summary>Takes a capability from all programs that this thread starts.</summary>
    public static void DropCapability(int capability) => _ = ProcessControl(DropFromBoundingSet, (nuint)capability, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "pivot_root", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int PivotRoot(string root, string old);

    [LibraryImport("libc", EntryPoint = "chroot", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChRoot(string folder);

    [LibraryImport("libc", EntryPoint = "chdir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChDir(string folder);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
