using System.Text;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Fuzz.Targets;

/// <summary>Scriptlets for the shell: read, and carried out over a small tree.</summary>
internal sealed class ScriptTarget : Target
{
    private static readonly string[] Scripts =
    [
        "if [ $1 -eq 1 ]; then\n  /usr/bin/systemctl preset a.service || :\nfi\n",
        "getent group svc >/dev/null || groupadd -r svc\ngetent passwd svc >/dev/null || useradd -r -g svc -d /var/lib/svc -s /sbin/nologin -c \"a service\" svc\nexit 0\n",
        "for i in /etc/*.conf \"a b\" ${x:-d e} {a,b}c; do case $i in *.conf|a*) echo \"${i%.conf} ${i##*/} ${#i}\";; *) continue;; esac; done > /tmp/out 2>&1\n",
        "f() { local x=$1; shift; return 3; }\nf a b || echo $?; x=`echo \\`echo a\\``; y=$(cat <<EOF\n$x \\$ \"q\"\nEOF\n); echo \"$y\" 'z' \\a\n",
        "while IFS=: read -r a b rest; do sed -i -e \"s/^$a=.*/$a=\\\"$b\\\"/;/x/d\" /etc/a.conf; done < /etc/a.conf; grep -qE '^(a|b)+[[:space:]]*$' /etc/a.conf && ln -sf ../x /etc/l\n",
        "set -e; (cd /etc && rm -f *.none); test ! -e /x -a '(' -d /etc -o -f /etc ')'; printf '%s\\n' \"$@\" | sort -u | while read -r l; do mkdir -p /var/$l; chmod u+x,go-w /var/$l; chown -R svc: /var; done\n",
        "find /etc -name '*.conf' ! -type d -maxdepth 2 | sort; cp -p /etc/a.conf /etc/b.conf; mv -f /etc/b.conf /etc/c.conf; touch /etc/d; cat /etc/d - < /etc/c.conf; id -u svc; echo -n x\n",
    ];

    public override string Name => "script";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Scripts.Select(Encoding.UTF8.GetBytes)];

    public override void Read(byte[] input)
    {
        var tree = new FileTree();
        tree.Put("/etc/a.conf", Inode.Regular(FileContent.Of("a=1\nb=2:3\n")));
        tree.Put("/etc/passwd", Inode.Regular(FileContent.Of("root:x:0:0::/root:/bin/sh\n")));
        tree.Put("/etc/group", Inode.Regular(FileContent.Of("root:x:0:\n")));
        tree.Put("/tmp", Inode.Directory());
        tree.Put("/etc/dir", Inode.SymbolicLink("/etc"));
        foreach (var name in (string[])["cat", "chmod", "chown", "cp", "find", "getent", "grep", "groupadd", "id", "ln", "mkdir", "mv", "rm", "sed", "sort", "systemctl", "touch", "useradd", "usermod"])
        {
            tree.Put($"/usr/bin/{name}", Inode.Regular(FileContent.Of(""), 493));
        }

        var machine = new ScriptletMachine(tree, new AccountDatabase(tree), 0);
        try
        {
            using var checkpoint = machine.Checkpoint();
            new ShellInterpreter(machine, CommandCatalogue.Default).Run(ShellParser.Parse(Encoding.UTF8.GetString(input)), ["1", "two words"], new ShellStreams(ShellInput.Empty, new TextSink(), new TextSink()));
        }
        catch (UnsupportedScriptException)
        {
        }
    }
}
