using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Support;

/// <summary>
/// A folder that holds this machine's shell and tools, so that scripts run over a small tree on disk, with <c>chroot</c>,
/// just as they run over a tree in memory.
/// </summary>
internal sealed partial class JudgeRoot
{
    // What is the tools' own, and no part of the tree.
    private static readonly string[] Own = ["usr", "bin", "sbin", "lib", "lib64", "dev"];

    private static readonly string[] Tools =
    [
        "bash", "dash", "basename", "cat", "chgrp", "chmod", "chown", "cp", "cut", "dirname", "env", "find", "getent", "grep", "groupadd", "groupdel", "groupmod",
        "gpasswd", "head", "id", "install", "ln", "ls", "mkdir", "mv", "readlink", "realpath", "rm", "rmdir", "sed", "sort", "stat", "touch", "tr",
        "uname", "useradd", "userdel", "usermod", "wc",

        // For those who try to get out.
        "chroot", "kill", "mknod", "mount", "sleep", "unshare", "tail",
    ];

    private static readonly Lazy<JudgeRoot?> Shared = new(Make);

    private static readonly Lock Busy = new();

    private readonly string _root;

    private JudgeRoot(string root) => _root = root;

    /// <summary>What a script came to.</summary>
    /// <param name="Status">Its exit status.</param>
    /// <param name="Output">What it wrote to its standard output.</param>
    /// <param name="Tree">Every file afterwards, in words.</param>
    internal sealed record Outcome(int Status, string Output, IReadOnlyList<string> Tree)
    {
        public override string ToString() => $"status {Status.ToString(CultureInfo.InvariantCulture)}\n{Output}\n--\n{string.Join('\n', Tree)}";
    }

    /// <summary>The names of the tools that are there.</summary>
    public static IReadOnlyList<string> Programs => Tools;

    /// <summary>Runs a script over a tree; the test is skipped where that needs a privilege that is not had.</summary>
    public static Outcome Run(FileTree tree, string script, IReadOnlyList<string> arguments, string shell = "/bin/sh")
    {
        Assert.SkipWhen(Shared.Value is null, "scripts are judged in a folder of their own, which needs root and chroot");
        lock (Busy)
        {
            return Shared.Value.RunOnce(tree, script, arguments, shell);
        }
    }

    /// <summary>A tree in words, without what the tools have for themselves.</summary>
    public static IReadOnlyList<string> Describe(FileTree tree, bool owners) =>
    [
        .. tree.Walk().Where(node => node.Parent is not null && !Own.Contains(node.Path.Split('/')[1]))
            .Select(node => Line(node.Path, Letter(node.Inode.Type), node.Inode.Mode, owners ? node.Inode.Owner : default, node.HardLinks?.Count ?? 1, node.Inode.LinkTarget ?? "", node.Inode.Content?.ReadText() ?? ""))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Puts the tools into a tree, for a sandbox.</summary>
    public static void AddPrograms(FileTree tree)
    {
        Assert.SkipWhen(Shared.Value is null, "a folder of this machine's tools needs root");
        var root = Shared.Value._root;
        foreach (var path in Directory.EnumerateFileSystemEntries(root + "/usr", "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var info = new FileInfo(path);
            var place = path[root.Length..];
            if (info.LinkTarget is { } target)
            {
                tree.Put(place, Inode.SymbolicLink(target));
            }
            else if (info.Exists)
            {
                tree.Put(place, Inode.Regular(new Core.Files.DiskContent(path, info.Length, Core.Digests.Sha256Digest.OfFile(path)), 493));
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["bin", "sbin", "lib", "lib64"])
        {
            tree.Put("/" + name, Inode.SymbolicLink($"usr/{name}"));
        }
    }

    private static JudgeRoot? Make()
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/chroot") || !Directory.Exists("/dev/shm"))
        {
            return null;
        }

        var root = "/dev/shm/nodeimage-judge-" + Path.GetRandomFileName();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        foreach (var folder in (ReadOnlySpan<string>)["usr/bin", "usr/sbin", "dev"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var name in (ReadOnlySpan<string>)["bin", "sbin", "lib", "lib64"])
        {
            Directory.CreateDirectory(Path.Combine(root, "usr", name));
            File.CreateSymbolicLink(Path.Combine(root, name), $"usr/{name}");
        }

        foreach (var tool in Tools)
        {
            if (Array.Find([$"/usr/bin/{tool}", $"/usr/sbin/{tool}"], File.Exists) is { } path)
            {
                Copy(path, root);
            }
        }

        // The name service is loaded by name, not by need.
        foreach (var library in Directory.EnumerateFiles("/lib/x86_64-linux-gnu", "libnss_files*"))
        {
            Copy(library, root);
        }

        foreach (var file in Directory.Exists("/usr/lib/locale/C.utf8") ? Directory.EnumerateFiles("/usr/lib/locale/C.utf8", "*", SearchOption.AllDirectories) : [])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root + file)!);
            File.Copy(file, root + file);
        }

        File.CreateSymbolicLink(Path.Combine(root, "usr/bin/sh"), "bash");
        Peer.Run("/usr/bin/mknod", "-m", "666", Path.Combine(root, "dev/null"), "c", "1", "3");
        return new JudgeRoot(root);
    }

    private static void Copy(string path, string root)
    {
        var place = root + (path.StartsWith("/lib", StringComparison.Ordinal) ? "/usr" : "") + path;
        if (File.Exists(place))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Copy(path, place);
        foreach (Match match in LibraryPath().Matches(Peer.Run("/usr/bin/ldd", path).Output))
        {
            Copy(match.Groups[1].Value, root);
        }
    }

    [GeneratedRegex(@"(/\S+) \(0x")]
    private static partial Regex LibraryPath();

    private Outcome RunOnce(FileTree tree, string script, IReadOnlyList<string> arguments, string shell)
    {
        Reset();
        Unpack(tree);
        Directory.CreateDirectory(Path.Combine(_root, "dev/shm"));
        File.WriteAllText(Path.Combine(_root, "dev/shm/script"), script);
        var start = new ProcessStartInfo("/usr/sbin/chroot", [_root, shell, "/dev/shm/script", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin" },
        };
        foreach (var (name, _) in start.Environment.ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin";
        start.Environment["HOME"] = "/root";
        start.Environment["SOURCE_DATE_EPOCH"] = "1700000000";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        LastError = error.Result;
        return new Outcome(process.ExitCode, output, Describe());
    }

    /// <summary>What the last script wrote to its standard error, for messages.</summary>
    public static string LastError { get; private set; } = "";

    private void Reset()
    {
        foreach (var entry in new DirectoryInfo(_root).EnumerateFileSystemInfos().Where(entry => !Own.Contains(entry.Name)))
        {
            if (entry is DirectoryInfo folder && folder.LinkTarget is null)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private void Unpack(FileTree tree)
    {
        var first = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        foreach (var node in tree.Walk().Where(node => node.Parent is not null && !Own.Contains(node.Path.Split('/')[1])))
        {
            var path = _root + node.Path;
            if (node.HardLinks is { } links && !first.TryAdd(links, path))
            {
                Core.IO.HardLinks.TryCreate(first[links], path);
                continue;
            }

            switch (node.Inode.Type)
            {
                case FileType.Directory:
                    Directory.CreateDirectory(path);
                    break;
                case FileType.SymbolicLink:
                    File.CreateSymbolicLink(path, node.Inode.LinkTarget!);
                    break;
                default:
                    File.WriteAllBytes(path, node.Inode.Content!.ReadAllBytes());
                    break;
            }

            if (node.Inode.Owner != FileOwner.Root)
            {
                Peer.Run("/usr/bin/chown", "-h", $"{node.Inode.Owner.Uid}:{node.Inode.Owner.Gid}", path);
            }

            if (!node.Inode.IsSymbolicLink && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, (UnixFileMode)node.Inode.Mode);
            }
        }
    }

    private List<string> Describe()
    {
        string[] skipped = [.. Own.SelectMany(name => (string[])["-path", $"{_root}/{name}", "-prune", "-o"])];
        var listing = Peer.Run("/usr/bin/find", [_root, "-mindepth", "1", .. skipped, "-printf", "%P\\t%y\\t%m\\t%U\\t%G\\t%n\\t%l\\n"]).Output;
        return [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(fields => fields.Length == 7 && !IsLeftover(fields[0])).Select(fields => Line(
            "/" + fields[0],
            fields[1][0],
            Convert.ToInt32(fields[2], 8),
            new FileOwner(uint.Parse(fields[3], CultureInfo.InvariantCulture), uint.Parse(fields[4], CultureInfo.InvariantCulture)),
            fields[1] == "d" ? 1 : int.Parse(fields[5], CultureInfo.InvariantCulture),
            fields[6],
            fields[1] == "f" ? File.ReadAllText(Path.Combine(_root, fields[0])) : "")).Order(StringComparer.Ordinal)];
    }

    // What shadow-utils leave behind; an image has no business with it.
    private static bool IsLeftover(string path) => path is "etc/.pwd.lock" or "etc/passwd-" or "etc/group-" or "etc/shadow-" or "etc/gshadow-";

    private static string Line(string path, char type, int mode, FileOwner owner, int links, string target, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"{path} {type} {Convert.ToString(mode, 8)} {owner.Uid}:{owner.Gid} {links} {target} \"{content.ReplaceLineEndings("|")}\"");

    private static char Letter(FileType type) => type switch
    {
        FileType.Directory => 'd',
        FileType.SymbolicLink => 'l',
        _ => 'f',
    };
}
