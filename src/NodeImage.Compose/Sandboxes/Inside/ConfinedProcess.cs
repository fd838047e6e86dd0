using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>
/// Starts a program whose root is the tree and who has no way out of it: the rest of the machine's files are not mounted
/// where it runs, no device that it makes can be opened, and what root may beyond files and owners it may not.
/// </summary>
internal static class ConfinedProcess
{
    private const int LastCapability = 63;
    private const int ChangeRootCapability = 18;

    // chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, sys_chroot and setfcap, by their numbers in
    // linux/capability.h: what setting up files as their owner takes. Whoever could mount, trace or open files by their handles
    // could leave; and without devices root and an ordinary user come to the same result.
    private static readonly HashSet<int> Kept = [0, 1, 3, 4, 5, 6, 7, 8, ChangeRootCapability, 31];

    /// <summary>Makes all that is needed after the machine's own files are gone from sight be loaded before.</summary>
    public static void Prepare()
    {
        Marshal.PrelinkAll(typeof(LinuxCalls));
        var start = new ProcessStartInfo("chroot", ["--version"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    /// <summary>Starts a program.</summary>
    /// <param name="root">The tree's folder, with the system's mounts in it.</param>
    /// <param name="start">The program, by its path in the tree.</param>
    /// <exception cref="IOException">The system refuses one of the steps.</exception>
    public static Process Start(string root, ProcessStartInfo start)
    {
        Process? process = null;
        ExceptionDispatchInfo? fault = null;

        // A thread of its own: root, mounts and capabilities are a thread's, and its children's.
        var thread = new Thread(() =>
        {
            try
            {
                Confine(root);
                process = Process.Start(start);
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return process!;
    }

    private static void Confine(string root)
    {
        LinuxCalls.UnshareMounts();
        LinuxCalls.Mount(root, root, null, LinuxCalls.MountBind | LinuxCalls.MountRecursive, null);

        // Whoever may not change these flags is in a namespace of users, where no device can be made.
        _ = LinuxCalls.TryMount("none", root, null, LinuxCalls.MountBind | LinuxCalls.MountRemount | LinuxCalls.MountNoDev | LinuxCalls.MountNoSuid, null);
        var pivoted = LinuxCalls.TryPivotRoot(root);
        if (!pivoted)
        {
            LinuxCalls.ChangeRoot(root);
        }

        for (var capability = 0; capability <= LastCapability; capability++)
        {
            if (!Kept.Contains(capability) || (capability == ChangeRootCapability && !pivoted))
            {
                LinuxCalls.DropCapability(capability);
            }
        }
    }
}
