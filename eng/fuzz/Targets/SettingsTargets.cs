using System.Text;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Fuzz.Targets;

/// <summary>Unit files and presets.</summary>
internal sealed class UnitTarget : Target
{
    private const string Unit = "[Unit]\nDescription=x\n[Install]\nWantedBy=multi-user.target \\\n  other.target\nRequiredBy=\nAlias=b.service c@.service %p-%i.service\nAlso=d.socket a.service\nDefaultInstance=tty1\nUpheldBy=%n.target\n";

    public override string Name => "unit";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Encoding.UTF8.GetBytes(Unit), Encoding.UTF8.GetBytes("enable a.service\ndisable b@.service x y\nignore [a-c]*.s?\n# x\nenable a@.service i j\n" + Unit)];

    public override void Read(byte[] input)
    {
        var tree = new FileTree();
        foreach (var name in (string[])["a.service", "a@.service", "d.socket", "b@x.service"])
        {
            tree.Put($"/usr/lib/systemd/system/{name}", Inode.Regular(FileContent.Of(input)));
        }

        tree.Put("/usr/lib/systemd/system-preset/50-x.preset", Inode.Regular(FileContent.Of(input)));
        var units = new UnitEnabler(tree, 0);
        foreach (var name in (string[])["a.service", "a@.service", "a@inst.service", "d.socket", "missing.service", "b@x.service"])
        {
            units.Preset(UnitScope.System, name);
            units.Enable(UnitScope.System, name, "/etc/systemd/system");
            units.Disable(UnitScope.System, name, "/etc/systemd/system");
        }
    }
}

/// <summary>Files of accounts, <c>sysusers.d</c> and <c>tmpfiles.d</c>.</summary>
internal sealed class AccountsTarget : Target
{
    public override string Name => "accounts";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.UTF8.GetBytes("root:x:0:0:root:/root:/bin/bash\nsvc:!:990:990::/:/sbin/nologin\n+nis\n# c\nbad\nlong:x:99999999999:0::/:\n"),
        Encoding.UTF8.GetBytes("wheel:x:10:a,b\nsvc:x:990:\n"),
        Encoding.UTF8.GetBytes("passwd: files altfiles # c\ngroup: files [SUCCESS=merge] altfiles\nshadow:\n"),
        Encoding.UTF8.GetBytes("u svc 400:500 \"a b\" /home /bin/sh\ng grp -\nm svc grp\nr - 500-600\nu x /usr/bin/x\nu! y - 'q'\n"),
        Encoding.UTF8.GetBytes("SYS_UID_MIN 201\nSYS_UID_MAX 999\nSYS_GID_MIN 4294967295\n"),
    ];

    public override void Read(byte[] input)
    {
        var tree = new FileTree();
        foreach (var path in (string[])["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow", "/usr/lib/passwd", "/usr/lib/group", "/etc/nsswitch.conf", "/etc/login.defs", "/usr/lib/sysusers.d/x.conf", "/usr/lib/tmpfiles.d/x.conf"])
        {
            tree.Put(path, Inode.Regular(FileContent.Of(input)));
        }

        var accounts = new AccountDatabase(tree);
        Sysusers.Apply(accounts, tree, Sysusers.ReadAll(tree));
        AccountPlacement.Apply(accounts, _ => false);
        accounts.Write(0);
        _ = new AccountDatabase(tree).Users.Count;
        _ = TmpfilesPaths.Read(tree).Count;
    }
}
