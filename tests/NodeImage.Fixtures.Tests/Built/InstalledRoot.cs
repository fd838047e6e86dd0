namespace NodeImage.Fixtures.Tests.Built;

/// <summary>
/// Roots that <c>dnf --installroot</c> has made of the full list and of the node packages on top of it. They are made once
/// for all tests, in memory where there is room, as root or in a user namespace.
/// </summary>
public sealed class InstalledRoot : IDisposable
{
    private readonly string _folder;
    private readonly string[] _prefix;

    /// <summary>Makes the roots.</summary>
    public InstalledRoot()
    {
        var fixture = BuiltFixture.Get();
        Assert.SkipUnless(Shell.Has("dnf"), "dnf is not installed");
        _prefix = Prefix();
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _folder = Path.Combine(parent, $"fixture-root-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(Path.Combine(_folder, "repos"));
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(_folder, ".rpmmacros"), "%_dbpath /usr/lib/sysimage/rpm\n%_db_backend sqlite\n");
        foreach (var repository in (string[])["base", "ocp"])
        {
            File.WriteAllText(Path.Combine(_folder, "repos", $"{repository}.repo"), $"""
                [{repository}]
                name={repository}
                baseurl=file://{fixture.Folder}/{repository}
                gpgcheck=1
                gpgkey=file://{fixture.Key}

                """);
        }

        FullLog = Dnf("install_weak_deps=False", "full.packages");
        GroupFile = File.ReadAllText(Path.Combine(Root, "etc", "group"));
        NodeLog = Dnf("install_weak_deps=False", "node.packages");
    }

    /// <summary>The root.</summary>
    public string Root => Path.Combine(_folder, "root");

    /// <summary>What dnf said while it installed the full list.</summary>
    public string FullLog { get; }

    /// <summary>What dnf said while it installed the node packages.</summary>
    public string NodeLog { get; }

    /// <summary><c>/etc/group</c> before the node packages came.</summary>
    public string GroupFile { get; }

    /// <summary>Runs a program in the root.</summary>
    internal ShellResult Chroot(params string[] command) => Run(["chroot", Root, .. command]);

    /// <summary>Runs a program beside the root, with its rights.</summary>
    internal ShellResult Run(IEnumerable<string> command)
    {
        string[] words = [.. _prefix, .. command];
        return Shell.Try(words[0], words[1..], ("HOME", _folder));
    }

    /// <summary>Lets dnf work on the root.</summary>
    /// <param name="setting">A setting of dnf.</param>
    /// <param name="list">A list of packages to install.</param>
    /// <param name="options">Further options.</param>
    internal string Dnf(string setting, string list, params string[] options)
    {
        var names = TextTable.Read(Path.Combine(RepositoryFolder.Root, "eng", "fixtures", list));
        var result = Run(
        [
            "dnf", "-y", $"--installroot={Root}", "--releasever=9", $"--setopt=reposdir={_folder}/repos", $"--setopt=cachedir={_folder}/cache",
            "--setopt=pluginpath=/nonexistent", "--setopt=module_platform_id=platform:el9", "--setopt=tsflags=nodocs", "--setopt=logdir=/var/log",
            $"--setopt={setting}", .. options, "install", .. names,
        ]);
        Assert.True(result.ExitCode == 0 || options.Contains("--assumeno"), $"dnf ended with {result.ExitCode}:\n{result.Output}\n{result.Errors}");
        return result.Output + result.Errors;
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Run(["rm", "-rf", _folder]);
        }
    }

    private static string[] Prefix()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return [];
        }

        string[] unshare = ["unshare", "--user", "--map-auto", "--map-root-user", "--mount", "--pid", "--fork"];
        Assert.SkipUnless(Shell.Try(unshare[0], [.. unshare[1..], "true"]).ExitCode == 0, "not root, and no user namespaces with ranges of numbers");
        return unshare;
    }
}
