using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.SystemDatabases.HardwareDatabase;
using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets;

/// <summary>The image as scriptlets see it: a system that has files and accounts but does not run.</summary>
internal sealed class ScriptletMachine
{
    private SystemDatabaseRequests _requests = new();

    /// <summary>Stands a machine on a tree.</summary>
    /// <param name="tree">The image's files.</param>
    /// <param name="accounts">The image's accounts.</param>
    /// <param name="time">The time of everything that scriptlets do, in seconds since 1970.</param>
    public ScriptletMachine(FileTree tree, AccountDatabase accounts, long time)
    {
        Tree = tree;
        Accounts = accounts;
        Time = time;
        Units = new UnitEnabler(tree, time);
    }

    /// <summary>The image's files.</summary>
    public FileTree Tree { get; }

    /// <summary>The image's accounts.</summary>
    public AccountDatabase Accounts { get; }

    /// <summary>The image's units.</summary>
    public UnitEnabler Units { get; }

    /// <summary>What the scriptlet that runs may still do.</summary>
    public ScriptletBudget Budget { get; } = new();

    /// <summary>The time of everything that scriptlets do, in seconds since 1970.</summary>
    public long Time { get; }

    /// <summary>Asks that the cache of shared libraries be made anew. Scriptlets ask often; it is done once.</summary>
    public void RequestLibraryCache() => _requests = _requests with { Libraries = true };

    /// <summary>Asks that a kernel's module indexes be made anew.</summary>
    /// <param name="kernelRelease">The kernel's release, as <c>uname -r</c> gives it.</param>
    public void RequestModuleIndex(string kernelRelease) => _requests = _requests.With(kernelRelease);

    /// <summary>Asks that a hardware database be made anew.</summary>
    /// <param name="request">Which one.</param>
    public void RequestHardwareDatabase(HardwareDatabaseRequest request) => _requests = _requests.With(request);

    /// <summary>Begins to remember changes of files, accounts and requests, so that they can be taken back.</summary>
    public MachineCheckpoint Checkpoint() => new(this, Tree.Checkpoint(), Accounts.Save(), _requests);

    internal void Restore(AccountSnapshot accounts, SystemDatabaseRequests requests)
    {
        Accounts.Restore(accounts);
        _requests = requests;
    }

    /// <summary>Tells what has been asked for, and forgets it.</summary>
    public SystemDatabaseRequests TakeRequests()
    {
        var requests = _requests;
        _requests = new SystemDatabaseRequests();
        return requests;
    }

    /// <summary>Makes a path canonical, from a working folder. A <c>..</c> is taken by its letters, as <c>cd</c> does.</summary>
    public static string Absolute(string folder, string path)
    {
        var names = new List<string>();
        foreach (var name in (path.StartsWith('/') ? path : $"{folder}/{path}").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(names.Count - 1, 0), Math.Min(names.Count, 1));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>Makes a file ready for output, as a shell's redirection does.</summary>
    /// <param name="path">A canonical path; links are followed.</param>
    /// <param name="append">Whether what is there stays.</param>
    /// <returns>The path of the file itself.</returns>
    /// <exception cref="UnsupportedScriptException">The folder is missing, or what is there is no file.</exception>
    public string OpenForWriting(string path, bool append)
    {
        if (!Tree.TryResolvePath(path, followLast: true, out var resolved)
            || Tree.Find(ImagePath.Parent(resolved)) is not { Inode.IsDirectory: true })
        {
            throw new UnsupportedScriptException($"output to '{path}', whose folder is not there");
        }

        switch (Tree.Find(resolved))
        {
            case null:
                Tree.Put(resolved, Inode.Regular(FileContent.Of("")) with { ModificationTime = Time });
                break;
            case { Inode.IsRegular: true } node when !append:
                Tree.SetInode(node, node.Inode.WithContent(FileContent.Of("")) with { ModificationTime = Time });
                break;
            case { Inode.IsRegular: true }:
                break;
            default:
                throw new UnsupportedScriptException($"output to '{path}', which is no file");
        }

        return resolved;
    }
}
