using System.Diagnostics;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Lua;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>Scriptlets in rpm's own Lua.</summary>
public sealed class LuaTests
{
    [Theory]
    [InlineData("print(1, 'a', nil)", "1\ta\tnil\n")]
    [InlineData("print(arg[1], arg[2], math.type(arg[2]), #arg)", "<lua>\t1\tinteger\t2\n")]
    [InlineData("print(posix.access('/data/a.txt'), (posix.access('/none')))", "0\tnil\n")]
    [InlineData("print(posix.stat('/data/a.txt', 'type'), posix.stat('/data/a.txt', 'size'), posix.stat('/data/link', 'type'), posix.stat('/none'))", "regular\t17\tlink\tnil\t/none: No such file or directory\n")]
    [InlineData("print(posix.stat('/data/a.txt').mode)", "rw-r--r--\n")]
    [InlineData("print(posix.mkdir('/data/new'), posix.stat('/data/new').mode, (posix.mkdir('/data/new')), (posix.mkdir('/no/way')))", "0\trwxr-xr-x\tnil\tnil\n")]
    [InlineData("print(posix.symlink('t', '/data/l'), posix.readlink('/data/l'), (posix.readlink('/data/a.txt')))", "0\tt\tnil\n")]
    [InlineData("print(posix.link('/data/a.txt', '/data/h'), posix.stat('/data/h', 'nlink'))", "0\t2\n")]
    [InlineData("print(posix.unlink('/data/a.txt'), (posix.unlink('/data/a.txt')), (posix.unlink('/data/sub')), (posix.rmdir('/data/sub')), posix.rmdir('/data/empty'))", "0\tnil\tnil\tnil\t0\n")]
    [InlineData("print(posix.chmod('/data/a.txt', '0600'), posix.stat('/data/a.txt').mode, posix.chmod('/data/a.txt', 'rwxr-x--x'), posix.stat('/data/a.txt').mode)", "0\trw-------\t0\trwxr-x--x\n")]
    [InlineData("print(posix.chown('/data/a.txt', 'svc', '10'), posix.stat('/data/a.txt').uid, posix.stat('/data/a.txt').gid)", "0\t990\t10\n")]
    [InlineData("local n = 0; for f in posix.files('/data/sub') do n = n + 1 end; print(n, #posix.dir('/data/sub'))", "6\t6\n")]
    [InlineData("print(rpm.vercmp('1.0-1', '1.0-2'), rpm.vercmp('2', '1'), rpm.vercmp('1', '1'))", "-1\t1\t0\n")]
    [InlineData("print(os.rename('/data/sub', '/data/moved'), posix.stat('/data/moved/f1').nlink, posix.stat('/data/sub'))", "true\t2\tnil\t/data/sub: No such file or directory\n")]
    [InlineData("print((os.rename('/data/a.txt', '/data/sub')), (os.rename('/data/sub', '/data/sub/x')), posix.stat('/data/sub').type)", "nil\tnil\tdirectory\n")]
    [InlineData("print(os.remove('/data/a.txt'), (os.remove('/data/a.txt')), (os.remove('/')))", "true\tnil\tnil\n")]
    [InlineData("print(os.execute('exit 3')); print(os.execute('true')); print(rpm.execute('touch', '/data/made'), posix.access('/data/made'))", "nil\texit\t3\ntrue\texit\t0\n0\t0\n")]
    [InlineData("local f = io.open('/data/w', 'w'); f:write('a', 1, '\\n'); f:close(); for l in io.lines('/data/w') do print(l) end", "a1\n")]
    [InlineData("local f = io.open('/data/a.txt', 'a'); f:write('x'); f:close(); print(io.open('/data/a.txt'):read('a'))", "alpha\nbeta\ngamma\nx\n")]
    [InlineData("local f = io.open('/data/b.txt'); print(f:read(), f:read('n' == 'm' and 1 or 3), f:read('L'))", "one two\t  t\three\n\n")]
    [InlineData("print(io.open('/none'))", "nil\t/none: No such file or directory\n")]
    [InlineData("print(pcall(error, 'x')); print(select('#', posix.getenv('HOME')))", "false\tx\n0\n")]
    [InlineData("print(rpm.next_file(), rpm.next_file(), rpm.next_file())", "/a\t/b\n")]
    [InlineData("print(type(load), type(require), type(debug), type(dofile), type(package))", "nil\tnil\tnil\tnil\tnil\n")]
    public void The_functions_of_rpm_do_what_they_do_there(string script, string output) => Assert.Equal((0, output), Run(script, out _));

    [Theory]
    [InlineData("os.exit(7)", 7)]
    [InlineData("error('no')", 1)]
    [InlineData("this is no Lua", 1)]
    [InlineData("posix.chown('/data/a.txt', 'nobodyhere', 'root')", 1)]
    [InlineData("posix.mkdir()", 1)]
    [InlineData("rpm.vercmp(nil, {})", 1)]
    [InlineData("posix.chmod('/data/a.txt', {})", 1)]
    [InlineData("rpm.vercmp('1:::', '---')", 0)]
    [InlineData("local s = ('x'):rep(1 << 33)", 1)]
    public void A_script_has_its_status(string script, int status) => Assert.Equal(status, Run(script, out _).Status);

    [Fact]
    public void A_file_left_open_is_written_all_the_same()
    {
        Run("io.open('/data/w', 'w'):write('kept')", out var tree);
        Assert.Equal("kept", tree.Find("/data/w")!.Inode.Content!.ReadText());
    }

    [Theory]
    [InlineData("while true do end")]
    [InlineData("local function f() return f() end f()")]
    [InlineData("while true do pcall(error) end")]
    [InlineData("local t = {} for i = 1, 1e9 do t[i] = {} end")]
    [InlineData("local s = 'x' while true do s = s .. s end")]
    [InlineData("local s = ('x'):rep(1 << 27); local t = {} for i = 1, 64 do t[i] = s .. i end")]
    [InlineData("local f = io.open('/data/big', 'w') for i = 1, 1000 do f:write(('x'):rep(1 << 20)) end f:close()")]
    [InlineData("while true do posix.stat('/data/a.txt') end")]
    [InlineData("while true do pcall(posix.fork) end")]
    [InlineData("posix.fork()")]
    [InlineData("posix.exec('/bin/sh')")]
    [InlineData("io.popen('ls')")]
    [InlineData("posix.chmod('/data/a.txt', '')")]
    [InlineData("posix.chmod('/data/a.txt', '777777777777777777777')")]
    [InlineData("posix.chmod('/data/a.txt', 'u+x')")]
    [InlineData("rpm.expand('%{_bindir}')")]
    [InlineData("os.execute('[[ a ]]')")]
    [InlineData("io.open('/none/x', 'w'); posix.redirect2null(1)")]
    public void What_is_hostile_or_not_understood_is_refused_soon(string script)
    {
        var clock = Stopwatch.StartNew();
        Assert.Throws<UnsupportedScriptException>(() => Run(script, out _));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    private static (int Status, string Output) Run(string script, out FileTree tree)
    {
        tree = ScriptJudge.Tree();
        var machine = new ScriptletMachine(tree, new AccountDatabase(tree), 1_700_000_000);
        var output = new TextSink();
        var streams = new ShellStreams(new ShellInput("/a\n/b\n"), output, ShellSink.Nowhere);
        var status = new LuaInterpreter(new LuaHost(machine, CommandCatalogue.Default, streams)).Run(script, ["1"], streams);
        return (status, output.ToString());
    }
}
