using System.Diagnostics;
using System.Text;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;

namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>Scripts that were written to do harm: refused, soon.</summary>
public sealed class HostileScriptTests
{
    public static TheoryData<string, string> Scripts => new()
    {
        { "substitutions in each other", Nest("$(", "echo", ")", 50_000) },
        { "substitutions in quotes", "echo " + Nest("\"$(echo ", "x", ")\"", 20_000) },
        { "braces in each other", "echo " + Nest("${x:-", "y", "}", 50_000) },
        { "quoted braces in each other", "echo " + Nest("\"${x:-$y", "", "}\"", 50_000) },
        { "groups in each other", Nest("{ ", "true", "; }", 50_000) },
        { "subshells in each other", Nest("( ", "true", " )", 50_000) },
        { "conditions in each other", Nest("if ", "true", "; then :; fi", 50_000) },
        { "functions of functions", Nest("f() ", "{ true; }", "", 50_000) },
        { "a long chain", string.Join(" && ", Enumerable.Repeat("true", 100_000)) },
        { "a long pipeline", string.Join(" | ", Enumerable.Repeat("cat", 300_000)) },
        { "many braces", "echo " + string.Concat(Enumerable.Repeat("{a,b}", 40)) },
        { "many braces in each other", "echo " + Nest("{a,", "b", "}", 30_000) },
        { "a doubling variable", "x=aaaaaaaaaaaaaaaa; while true; do x=$x$x$x$x; done" },
        { "a doubling word", "x=" + new string('a', 1 << 19) + "; y=\"" + string.Concat(Enumerable.Repeat("$x", 100_000)) + "\"" },
        { "a doubling list", "x='" + string.Concat(Enumerable.Repeat("a ", 100_000)) + "'; for i in " + string.Concat(Enumerable.Repeat("$x ", 10_000)) + "; do :; done" },
        { "a doubling file", "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa > /data/x; while true; do cat /data/x /data/x > /data/y; mv /data/y /data/x; done" },
        { "an endless loop", "while true; do :; done" },
        { "an endless loop of programs", "while IFS; : read; do sed -i -e 's/a/b/;/x/d' /data/a.txt; done" },
        { "endless calls", "f() { f | f; }; f" },
        { "a slow pattern", "x=" + new string('a', 1 << 19) + "; echo ${x%%*a*a*a*a*b}" },
        { "a slow substitution", "echo " + new string('a', 40_000) + " | sed 's/\\(a*\\)*b\\1/x/g'" },
        { "many here-documents", string.Concat(Enumerable.Repeat("cat <<E\nx\n", 10)) },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_hostile_script_is_refused_soon(string what, string script)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<UnsupportedScriptException>(() => ScriptJudge.Here(script));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{what}: {clock.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4L << 30, what);
    }

    [Fact]
    public void An_expression_that_could_be_slow_is_not() =>
        Assert.Equal(1, ScriptJudge.Here("echo " + new string('a', 40_000) + " | grep -E '(a*)*(a*)*b'").Status);

    private static string Nest(string open, string middle, string close, int depth) =>
        new StringBuilder().Insert(0, open, depth).Append(middle).Insert(open.Length * depth + middle.Length, close, depth).ToString();
}
