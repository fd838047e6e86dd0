namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>Uses of commands for the judges; each one's status is compared, its output and the tree.</summary>
internal static class CommandScripts
{
    /// <summary>What is understood.</summary>
    public static readonly string[] Supported =
    [
        // cat, sort, touch, echo, printf.
        "cat /data/a.txt /data/b.txt", "cat /data/none /data/a.txt", "cat < /data/a.txt", "echo x | cat - /data/a.txt", "cat /data/link", "cat /data", "cat /data/dangling",
        "printf 'b\\na\\n\\n\\nA\\nb\\n' | sort", "printf 'b\\na\\nb\\n' | sort -u", "printf 'b\\na' | sort", "printf '' | sort", "printf 'b b\\na\\n-\\nZ\\n_\\n' | sort",
        "touch /data/new /data/a.txt", "touch -c /data/new", "touch /none/x /data/y", "touch /data/dangling", "touch", "touch /data/empty", "touch -c /none/x",
        "echo", "echo -n a; echo -n", "echo -n -n b", "echo -nE c", "echo -E a\\\\nb", "echo -x", "echo - a", "echo -- a", "echo a -n",
        "printf '%s\\n' a 'b c' ''", "printf '%s-%s\\n' a b c", "printf 'plain\\n'", "printf '%d %s\\n' 5 x -7 y", "printf '%s'", "printf '%d\\n'", "printf '100%%\\t\\\\\\n'", "printf ''",

        // rm, rmdir, mkdir.
        "rm /data/a.txt /data/none", "rm -f /data/none /data/b.txt", "rm /data/sub", "rm -r /data/sub", "rm -rf /data/sub /data/none", "rm /data/link /data/dirlink", "rm -r /data/dirlink",
        "rm", "rm -f", "rm -rf /data/*", "rm -- -x", "rm /data/sub/f1", "rmdir /data/empty", "rmdir /data/sub", "rmdir /data/a.txt", "rmdir --ignore-fail-on-non-empty /data/sub", "rmdir /data/none", "rmdir /data/dirlink",
        "mkdir /data/new", "mkdir /data/sub /data/new2", "mkdir /data/x/y", "mkdir -p /data/x/y/z /data/sub", "mkdir -m 700 /data/m /data/m2", "mkdir -pm 1777 /data/p/q", "mkdir -p /data/a.txt/x", "mkdir -p /data/a.txt",
        "mkdir /data/dirlink/in", "mkdir -p /data/dirlink", "mkdir /data/dangling", "mkdir -p /data/dangling", "mkdir", "mkdir -m u=rwx,go= /data/s", "mkdir /data/slash/", "cd /data; mkdir ../data/rel ./rel2",

        // cp, mv, ln.
        "cp /data/a.txt /data/copy", "cp /data/a.txt /data/sub", "cp /data/a.txt /data/sub/f1", "cp -p /data/c.conf /data/copy", "cp /data/sub/f2 /data/copy", "cp -p /data/sub/f2 /data/copy", "cp -a /data/sub/f2 /data/copy",
        "cp /data/link /data/copy", "cp -a /data/link /data/copy", "cp -P /data/link /data/empty", "cp /data/a.txt /data/link", "cp /data/a.txt /data/a.txt", "cp /data/none /data/x", "cp /data/a.txt /none/x",
        "cp /data/a.txt /data/dangling", "cp /data/a.txt /data/dirlink", "cp -n /data/a.txt /data/b.txt", "cp -f /data/a.txt /data/b.txt", "cp /data/a.txt /data/new/", "cp /data/sub/f1 /data/sub/hard", "mkdir /data/sub/a.txt; cp /data/a.txt /data/sub",
        "cp /data/c.conf /data/copy", "chmod 666 /data/a.txt; cp /data/a.txt /data/copy",
        "mv /data/a.txt /data/moved", "mv /data/a.txt /data/sub", "mv /data/a.txt /data/b.txt", "mv /data/link /data/link2", "mv /data/none /data/x", "mv /data/a.txt /none/x", "mv /data/a.txt /data/a.txt", "mv -f /data/a.txt /data/dirlink",
        "mkdir /data/sub/a.txt; mv /data/a.txt /data/sub", "mv /data/a.txt /data/new/", "mv /data/a.txt /data/dangling", "mv /data/c.conf /data/link",
        "ln -s target /data/new", "ln -s ../x /data/a.txt", "ln -sf ../x /data/a.txt", "ln -s x /data/sub", "ln -sf x /data/dirlink", "ln -sfn x /data/dirlink", "ln -sfT x /data/dirlink", "ln -sfn x /data/sub", "ln -sfT x /data/sub",
        "ln -s /a/b/c /data/sub", "ln -s a/ /data/sub", "ln /data/a.txt /data/hard", "ln /data/link /data/hard", "ln /data/none /data/hard", "ln -f /data/a.txt /data/b.txt", "ln /data/a.txt /data/b.txt", "ln /data/sub /data/hard", "ln -s x /none/y",
        "ln -f /data/a.txt /data/a.txt", "ln /data/a.txt /data/sub", "ln -sf x /data/link", "ln -sf x /data/dangling", "ln -s 'with space' /data/sp",

        // chmod, chown.
        "chmod 600 /data/a.txt /data/none /data/b.txt", "chmod 4755 /data/a.txt", "chmod u+s,g-w,o= /data/sub/f1", "chmod a+x /data/a.txt", "chmod +x /data/a.txt", "chmod +w /data/c.conf", "chmod go-rwx /data/sub", "chmod u=rwx /data/sub/f2",
        "chmod g=rx,o=r /data/sub/f2", "chmod 755 /data/sub/f2", "chmod -R 700 /data/sub", "chmod -R a+X /data", "chmod -R go+w /data/dirlink", "chmod 600 /data/link", "chmod 1777 /data/empty; chmod 755 /data/empty", "chmod 2775 /data/empty; chmod 755 /data/empty",
        "chmod 2775 /data/empty; chmod 00755 /data/empty", "chmod 2775 /data/empty; chmod g=rx /data/empty", "chmod +t /data/empty; chmod o-t /data/empty; chmod u+t /data/empty", "chmod o+t /data/empty", "chmod =r /data/a.txt", "chmod a=rw /data/sub/f2", "chmod 644", "chmod", "chmod 7 /data/a.txt", "chmod a= /data/a.txt", "chmod ug+rw,o-r /data/a.txt", "chmod +s /data/a.txt",
        "chown svc /data/a.txt", "chown svc:svc /data/a.txt", "chown :svc /data/a.txt", "chown svc: /data/a.txt", "chown 5:6 /data/a.txt", "chown root.svc /data/a.txt", "chown nosuch /data/a.txt", "chown svc:nosuch /data/a.txt", "chown svc /data/none /data/a.txt",
        "chown -R svc:svc /data", "chown -R svc /data/dirlink", "chown svc /data/link", "chown -h svc /data/link", "chown svc /data/sub/f2", "chown svc /data/sub/f1", "chgrp svc /data/a.txt", "chgrp -R 77 /data/sub", "chown svc", "chown bin: /data/a.txt", "chmod 2644 /data/a.txt; chown svc /data/a.txt",

        // grep.
        "grep a /data/a.txt", "grep -q beta /data/a.txt", "grep -c a /data/a.txt", "grep -v beta /data/a.txt", "grep -i BETA /data/a.txt", "grep -x beta /data/a.txt", "grep -x bet /data/a.txt", "grep none /data/a.txt", "grep x /data/nofile", "grep -s x /data/nofile",
        "grep -E '^(alpha|beta)$' /data/a.txt", "grep '^b.*a$' /data/a.txt", "grep 'l\\{1\\}' /data/a.txt", "grep -F 'a.' /data/a.txt", "fgrep bet /data/a.txt", "egrep 'g+|z' /data/a.txt", "echo a+b | grep 'a+b'", "echo aab | grep 'a\\+b'", "echo 'a|b' | grep 'a|b'",
        "echo ab | grep -E 'a{1}b'", "echo 'x*y' | grep '*y'", "echo '^a' | grep 'x*^a'", "echo 'a$b' | grep 'a$b'", "echo a.b | grep 'a[.]b'", "echo ']' | grep '[]]'", "echo 'a]b' | grep '[^]]b'", "echo a-b | grep '[a-]b'", "printf 'a\\n\\nb\\n' | grep -c ''",
        "printf 'a\\n\\nb\\n' | grep -v '^$'", "echo 'KEY = v' | grep -E '^[[:space:]]*KEY[[:space:]]*='", "echo aa | grep '\\(a\\)\\1'", "grep -e alpha -e gamma /data/a.txt", "grep '' /data/.hidden", "echo word | grep '\\<word\\>'", "echo w_1 | grep '\\w'", "echo '*ab' | grep '^*ab'", "grep -qxF beta /data/a.txt",
        "grep", "grep a < /data/b.txt", "grep 'no end' /data/b.txt", "echo 'a\\b' | grep '[\\]b'", "echo '\\' | grep '\\\\'", "echo 'a{b' | grep 'a{b'", "grep -E 'a|' /data/a.txt", "grep a /data 2>/dev/null",

        // sed.
        "sed s/a/X/ /data/a.txt", "sed s/a/X/g /data/a.txt", "sed -e 's/alpha/1/' -e 's/beta/2/' /data/a.txt", "sed 's/a/X/;s/X/Y/' /data/a.txt", "sed /beta/d /data/a.txt", "sed '$d' /data/a.txt", "sed 2d /data/a.txt", "sed '2s/b/B/' /data/a.txt", "sed '/^#/d;/^$/d' /data/c.conf",
        "sed 's/\\(.*\\)=\\(.*\\)/\\2=\\1/' /data/c.conf", "sed -E 's/(.*)=(.*)/\\2=\\1/' /data/c.conf", "sed -r 's/[a-z]+/<&>/g' /data/a.txt", "sed 's/a/\\&/' /data/a.txt", "sed 's|/|!|g' /etc/passwd", "sed 's,:,\\,,' /etc/group", "sed 's/b*/-/g' /data/a.txt", "sed 's/x*/-/g' /data/a.txt", "sed 's/$/ end/' /data/b.txt", "sed 's/^/> /' /data/b.txt",
        "sed -i s/a/X/ /data/a.txt /data/none", "sed -i s/a/X/ /data/link", "sed -i s/1/X/ /data/sub/hard", "sed -i s/KEY/K/ /data/c.conf", "sed -i s/x/y/ /data/sub", "sed -i s/2/3/ /data/sub/f2", "sed s/a/b/ /data/none /data/a.txt", "sed s/e/E/ /data/b.txt /data/a.txt", "echo aBc | sed s/b/x/I", "echo 'a.b' | sed 's/\\./_/'", "echo aXb | sed 's/X/\\n/'", "echo 'a/b' | sed 's/[/]/x/'",
        "echo abab | sed 's/\\(ab\\)\\1/x/'", "echo xb | sed 's/a\\|x/y/'", "echo 'k=v' | sed 's/^k=\\(.*\\)$/\\1/'", "sed '' /data/a.txt", "echo '  a' | sed 's/^[[:space:]]*//'", "echo tab | sed 's/a/\\t/'",
        "sed -e '/KEY/s/value/new/' /data/c.conf", "echo hello | sed 's/l/L/;s/l/M/'", "sed", "echo aaa | sed 's/aa\\?/x/'",

        // find, whose order is its own.
        "find /data -name '*.txt' | sort", "find /data -type f | sort", "find /data -type l | sort", "find /data -maxdepth 1 -type d | sort", "find /data -mindepth 1 -maxdepth 1 | sort", "find /data/none", "cd /data; find . -name 'f*' | sort", "find /data -name a.txt -o -name b.txt | sort", "find /data ! -type d -name 'f?' | sort",
        "find /data '(' -name a.txt -o -type d ')' -print | sort", "find /data/dirlink", "find /data -type f -print | sort", "cd /data; find sub | sort", "find /data/a.txt -maxdepth 0", "find / -maxdepth 1 -name data", "find / -maxdepth 0", "find /data /etc -name '*.conf' | sort", "cd /data/sub; find | sort",

        // test.
        "test a; echo $?; test ''; echo $?; test; echo $?; [ ]; echo $?; [ ! ]; echo $?; [ ! '' ]; echo $?; [ -n ]; echo $?; [ -z ]; echo $?", "[ a = a ]; echo $?; [ a = b ]; echo $?; [ a != b ]; echo $?; [ a == a ]; echo $?; [ -f = -f ]; echo $?; [ ! = ! ]; echo $?; [ ! = a ]",
        "for f in a.txt sub link dirlink dangling none c.conf sub/f2; do for o in -e -f -d -L -h -s -r -w -x -u -g -k -p -S -b -c; do [ $o /data/$f ] && echo \"$o $f\"; done; done", "[ 1 -eq 1 ]; echo $?; [ 1 -lt 2 ]; echo $?; [ 10 -gt 9 ]; echo $?; [ -1 -le 0 ]; echo $?; [ 2 -ge 3 ]; echo $?; [ 01 -eq 1 ]; echo $?; [ 1 -ne 1 ]",
        "[ a = a -a b = b ]; echo $?; [ a = b -o b = b ]; echo $?; [ ! a = b ]; echo $?; [ ! -f /data/none -a -d /data ]; echo $?; [ '(' a = a ')' ]; echo $?; [ '(' a = b -o c = c ')' -a d ]; echo $?; [ '' -o x ]; echo $?; [ x -a '' ]", "[ /data/a.txt -ef /data/link ]; echo $?; [ /data/a.txt -ef /data/b.txt ]; [ a 2>/dev/null; echo $?",
        "[ -e '' ]; echo $?; [ -n '' -o -z '' ]; echo $?; [ ! -e /data/a.txt ] || echo there; [ \"$none\" = \"\" ]; echo $?; [ x\"$none\" = x ]",

        // id, getent.
        "id -u; id -g; id -un; id -u svc; id -g svc; id -un svc; id -gn svc; id svc; id bin; id nosuch", "getent passwd svc; echo $?; getent passwd nosuch; echo $?; getent passwd 990; echo $?; getent group svc wheel; echo $?; getent group nosuch svc; echo $?; getent passwd", "getent group; getent group 10",

        // Accounts.
        "groupadd -r newgrp; getent group newgrp", "groupadd -g 400 newgrp", "groupadd -g 990 newgrp", "groupadd -f svc", "groupadd svc", "groupadd -r -f -g 990 newgrp", "groupadd -o -g 990 newgrp", "groupadd -r a; groupadd -r b; groupadd -r c", "groupadd -r 'bad:name'", "groupadd -g abc x",
        "useradd -r newsvc; id newsvc", "useradd -r -g svc -d /var/lib/x -s /sbin/nologin -c 'a comment' newsvc", "useradd -r -u 400 newsvc", "useradd -r -u 990 newsvc", "useradd -r -o -u 990 -g svc newsvc", "useradd -r -g nosuch newsvc", "useradd svc", "useradd -r -N newsvc", "useradd -M -r -U newsvc", "useradd -r -g 990 newsvc",
        "useradd -r 'bad:name'", "useradd -r -c 'a:b' newsvc", "useradd -r -d relative newsvc", "useradd -r -s 'x:y' newsvc", "useradd -r wheel", "useradd -r a; useradd -r b; groupadd -r c; useradd -r d", "useradd -r -u 400 a; useradd -r b", "useradd -r -u abc x", "useradd -u 1500 -M human",
        "usermod -s /bin/sh svc", "usermod -c 'new comment' -d /srv svc", "usermod -g wheel svc", "usermod -g nosuch svc", "usermod nosuch -s /bin/sh", "usermod -a -G nosuch svc", "usermod -c 'a:b' svc",
    ];

    /// <summary>What is refused.</summary>
    public static readonly string[] Refused =
    [
        "cat -n /data/a.txt", "sort -n", "echo x | sort -k2", "touch -d yesterday /data/a.txt", "echo -e a", "printf '%5s' a", "printf '%d' x", "printf '%d' 010", "printf -v x a", "rm -d /data/empty", "rm -rf /", "rm /data/dirlink/", "mkdir -Z /data/x", "cp -r /data/sub /data/y", "cp /data/a.txt /data/b.txt /data/sub",
        "cp /data/sub /data/x", "mv /data/sub /data/x", "mv -n /data/a.txt /data/b.txt", "ln -r -s a b", "chmod u=g /data/a.txt", "chmod -x /data/a.txt", "chown --reference=/data/a.txt /data/b.txt", "grep -o a /data/a.txt", "grep -r a /data", "grep -w a /data/a.txt", "grep -E '(?i)a' /data/a.txt", "grep -P a /data/a.txt", "echo a | grep '[[=a=]]'", "echo a | grep -E 'a*+'",
        "sed -n p /data/a.txt", "sed -i.bak s/a/b/ /data/a.txt", "sed -ie s/a/b/ /data/a.txt", "sed 1,2d /data/a.txt", "sed '/a/!d' /data/a.txt", "sed 's/a/b/2' /data/a.txt", "sed 's/a/b/w f' /data/a.txt", "sed 's//x/' /data/a.txt", "sed y/a/b/ /data/a.txt", "echo 'ab' | sed 's/a\\|ab/x/'", "echo abc | sed -E 's/(a|ab)(c|bcd)?/[\\1]/'", "echo ab | sed -E 's/a?(ab)?/x/'", "sed 's/a/\\U&/' /data/a.txt", "sed --debug s/a/b/",
        "find /data -exec rm {} ';'", "find /data -delete", "find /data -newer x", "find /data -name a -print -o -name b", "find /data/", "test a -nt b", "[ a -lt b ]", "id -G", "id -u 990", "getent hosts a", "getent -s files passwd", "useradd -m -r x", "useradd human", "groupadd human", "usermod -G wheel svc", "usermod -L svc", "usermod -u 5 svc",
        "gpasswd -a svc wheel", "groupdel svc", "userdel svc", "groupmod -n a svc", "install -d /data/x", "basename /a/b", "dirname /a/b", "cut -d: -f1 /etc/passwd", "tr a b", "head -1 /data/a.txt", "readlink /data/link", "uname -r", "stat /data/a.txt", "env", "wc -l /data/a.txt",
    ];
}
