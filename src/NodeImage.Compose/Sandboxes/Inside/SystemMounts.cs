namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>What a running system mounts, and commands expect: taken away again before anybody looks at the tree.</summary>
internal sealed class SystemMounts : IDisposable
{
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom", "tty"];

    private static readonly (string Name, string Target)[] Links = [("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"), ("stderr", "/proc/self/fd/2")];

    private readonly string _root;
    private readonly Stack<string> _mounted = new();
    private readonly Stack<string> _made = new();

    /// <summary>Mounts over a tree.</summary>
    /// <param name="root">The tree's folder.</param>
    public SystemMounts(string root)
    {
        _root = root;
        try
        {
            MountProcesses($"{root}/proc");
            MountDevices($"{root}/dev");
            MountScratch($"{root}/run", "0755");
            MountScratch($"{root}/tmp", "1777");
            MountScratch($"{root}/var/tmp", "1777");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_mounted.TryPop(out var target))
        {
            LinuxCalls.Unmount(target);
        }

        while (_made.TryPop(out var folder))
        {
            Directory.Delete(folder);
        }
    }

    // Read only: root may change the kernel's settings there, for the whole machine.
    // Where this namespace may not have a proc of its own, as in some containers, the one that is there must do.
    private void MountProcesses(string target)
    {
        Make(target);
        const ulong flags = LinuxCalls.MountNoSuid | LinuxCalls.MountNoDev | LinuxCalls.MountNoExec | LinuxCalls.MountReadOnly;
        if (LinuxCalls.TryMount("proc", target, "proc", flags, null))
        {
            _mounted.Push(target);
            return;
        }

        LinuxCalls.Mount("/proc", target, null, LinuxCalls.MountBind | LinuxCalls.MountRecursive, null);
        _mounted.Push(target);
        LinuxCalls.Mount("none", target, null, LinuxCalls.MountBind | LinuxCalls.MountRemount | flags, null);
    }

    private void MountDevices(string target)
    {
        MountScratch(target, "0755");
        foreach (var device in Devices.Where(device => File.Exists($"/dev/{device}")))
        {
            File.WriteAllBytes($"{target}/{device}", []);
            LinuxCalls.Mount($"/dev/{device}", $"{target}/{device}", null, LinuxCalls.MountBind, null);
            _mounted.Push($"{target}/{device}");
        }

        foreach (var (name, link) in Links)
        {
            File.CreateSymbolicLink($"{target}/{name}", link);
        }

        Directory.CreateDirectory($"{target}/shm");
        LinuxCalls.ChangeMode($"{target}/shm", 0b001_111_111_111);
    }

    private void MountScratch(string target, string mode)
    {
        Make(target);
        LinuxCalls.Mount("tmpfs", target, "tmpfs", LinuxCalls.MountNoSuid | LinuxCalls.MountNoDev, $"mode={mode}");
        _mounted.Push(target);
    }

    private void Make(string folder)
    {
        // Links there lead out of the tree, or into it; neither is wanted.
        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            throw new IOException($"{folder} is a link");
        }

        if (Path.GetDirectoryName(folder)! is var parent && parent != _root)
        {
            Make(parent);
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            _made.Push(folder);
        }
    }
}
