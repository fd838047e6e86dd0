using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Accounts;

/// <summary>Accounts: files, numbers, and where they belong.</summary>
public sealed class AccountTests
{
    private const string AltFiles = "passwd: files altfiles\ngroup: files [SUCCESS=merge] altfiles\n";

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(
        Arb.From(Gen.ListOf(
            from name in Gen.Elements("a", "b-c", "d_e", "f.g", "h$")
            from number in Gen.Choose(0, 70_000)
            from comment in Gen.Elements("", "a comment", "ünï")
            from place in Gen.Elements(AccountPlace.Etc, AccountPlace.UsrLib)
            select new UserAccount(name, (uint)number, (uint)number / 2, comment, "/home/" + name, "/bin/sh", place))),
        users =>
        {
            var tree = Tree(AltFiles);
            var accounts = new AccountDatabase(tree);
            var expected = users.DistinctBy(user => user.Name).OrderBy(user => user.Place).ToList();
            expected.ForEach(accounts.Add);
            expected.ForEach(user => accounts.Add(new GroupAccount(user.Name, user.Gid, ["x", user.Name], user.Place)));
            accounts.Write(0);
            var read = new AccountDatabase(tree);
            Assert.Equal(expected.Select(user => (user, user.Place)), read.Users.Select(user => (user, user.Place)));
            Assert.Equal(expected.Select(user => $"{user.Name}:x:{user.Gid}:x,{user.Name}"), read.Groups.Select(group => group.ToString()));

            // Written again, nothing changes.
            var stamp = tree.Stamp;
            read.Write(1);
            Assert.Equal(stamp, tree.Stamp);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_are_taken_from_the_top_of_the_range_downwards_and_end()
    {
        var tree = Tree("");
        tree.Put("/etc/login.defs", Inode.Regular(FileContent.Of("SYS_UID_MIN 997\nSYS_UID_MAX 999\n# SYS_UID_MAX 5\nSYS_GID_MIN 998\nSYS_GID_MAX 999\n")));
        var accounts = new AccountDatabase(tree);
        var taken = new List<uint?>();
        for (var i = 0; i < 4; i++)
        {
            var uid = IdAllocator.BelowLowestUid(accounts);
            taken.Add(uid);
            if (uid is { } number)
            {
                accounts.Add(new UserAccount($"u{i}", number, 100, "", "/", "/bin/sh", AccountPlace.Etc));
            }
        }

        Assert.Equal([999u, 998u, 997u, null], taken);
    }

    [Fact]
    public void Accounts_behind_altfiles_are_seen_only_where_the_name_service_is_told_so()
    {
        var tree = Tree("passwd: files\ngroup: files\n");
        tree.Put("/usr/lib/passwd", Inode.Regular(FileContent.Of("lib:x:5:5::/:/bin/sh\n")));
        tree.Put("/usr/lib/group", Inode.Regular(FileContent.Of("lib:x:5:\n")));
        Assert.Null(new AccountDatabase(tree).FindUser("lib"));
        tree.Put("/etc/nsswitch.conf", Inode.Regular(FileContent.Of(AltFiles)));
        Assert.Equal(AccountPlace.UsrLib, new AccountDatabase(tree).FindUser("lib")!.Place);
        Assert.True(new AccountDatabase(tree).TryResolveGroup("lib", out var gid) && gid == 5);
    }

    [Fact]
    public void System_accounts_move_to_the_image_and_others_stay_with_the_machine()
    {
        var tree = Tree(AltFiles);
        var accounts = new AccountDatabase(tree);
        accounts.Add(new UserAccount("root", 0, 0, "", "/root", "/bin/bash", AccountPlace.Etc));
        accounts.Add(new UserAccount("svc", 990, 990, "", "/", "/sbin/nologin", AccountPlace.Etc));
        accounts.Add(new UserAccount("human", 1000, 1000, "", "/home/human", "/bin/bash", AccountPlace.Etc));
        accounts.Add(new UserAccount("nobody", 65534, 65534, "", "/", "/sbin/nologin", AccountPlace.Etc));
        accounts.Add(new GroupAccount("wheel", 10, [], AccountPlace.Etc));
        accounts.Add(new GroupAccount("svc", 990, [], AccountPlace.Etc));
        AccountPlacement.Apply(accounts, _ => false);
        Assert.Equal(["svc", "nobody"], accounts.Users.Where(user => user.Place == AccountPlace.UsrLib).Select(user => user.Name));
        Assert.Equal(["svc"], accounts.Groups.Where(group => group.Place == AccountPlace.UsrLib).Select(group => group.Name));
    }

    [Fact]
    public void A_restored_database_has_neither_accounts_nor_memberships_of_what_was_taken_back()
    {
        var tree = Tree("");
        var accounts = new AccountDatabase(tree);
        accounts.Add(new UserAccount("kept", 5, 5, "", "/", "/bin/sh", AccountPlace.Etc));
        var snapshot = accounts.Save();
        accounts.Add(new UserAccount("gone", 6, 6, "", "/", "/bin/sh", AccountPlace.Etc));
        accounts.RequestMembership("gone", "wheel");
        accounts.Restore(snapshot);
        Assert.Equal(["kept"], accounts.Users.Select(user => user.Name));
        Assert.Empty(accounts.RequestedMemberships);
    }

    [Fact]
    public void A_passwd_that_is_a_link_is_written_where_it_leads()
    {
        var tree = Tree("");
        tree.Put("/etc/real", Inode.Regular(FileContent.Of("root:x:0:0::/root:/bin/sh\n")));
        tree.Put("/etc/passwd", Inode.SymbolicLink("real"));
        var accounts = new AccountDatabase(tree);
        accounts.Add(new UserAccount("a", 5, 5, "", "/", "/bin/sh", AccountPlace.Etc));
        accounts.Write(0);
        Assert.Equal("real", tree.Find("/etc/passwd")!.Inode.LinkTarget);
        Assert.Contains("a:x:5:5", tree.Find("/etc/real")!.Inode.Content!.ReadText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u svc 400 \"a service\" /var/lib/svc /bin/sh\n")]
    [InlineData("u svc -\nu other -\ng grp -\n")]
    [InlineData("g grp 300\nu svc 300:grp - /srv\n")]
    [InlineData("u svc 0\nm svc grp\n")]
    [InlineData("g input -\nm svc input\nm svc input\n")]
    [InlineData("# nothing\n\nu  svc   -   -  - -\n")]
    [InlineData("u svc 500\ng svc 600\n")]
    [InlineData("g b -\ng a -\nu d -\nu c -\n")]
    public void Sysusers_files_make_what_systemd_makes_of_them(string lines)
    {
        var systemd = Peer.Require("systemd-sysusers");
        Assert.SkipUnless(Environment.UserName == "root", "systemd-sysusers --root needs root");
        var tree = Tree("passwd: files\ngroup: files\n");
        tree.Put("/etc/passwd", Inode.Regular(FileContent.Of("root:x:0:0:root:/root:/bin/bash\n")));
        tree.Put("/etc/group", Inode.Regular(FileContent.Of("root:x:0:\n")));
        tree.Put("/usr/lib/sysusers.d/test.conf", Inode.Regular(FileContent.Of(lines)));
        using var disk = new DiskTree(tree, _ => true);
        var (status, output) = Peer.Run(systemd, "--root", disk.Root);
        Assert.True(status == 0, output);

        var accounts = new AccountDatabase(tree);
        Sysusers.Apply(accounts, tree, Sysusers.ReadAll(tree));
        new NodeImage.Compose.Passes.MembershipPass().Apply(PassContexts.Of(tree, accounts));
        foreach (var (file, ours) in new[] { ("/etc/passwd", accounts.Users.Select(user => user.ToString())), ("/etc/group", accounts.Groups.Select(group => group.ToString())) })
        {
            DiskTree.AssertSame([.. File.ReadAllLines(disk.PathOf(file))], [.. ours], file + " " + output);
        }
    }

    private static FileTree Tree(string nameServiceSwitch)
    {
        var tree = new FileTree();
        tree.Put("/etc/nsswitch.conf", Inode.Regular(FileContent.Of(nameServiceSwitch)));
        return tree;
    }
}
