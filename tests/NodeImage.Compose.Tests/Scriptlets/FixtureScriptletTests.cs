using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>The scriptlets of real packages.</summary>
public sealed class FixtureScriptletTests
{
    // What no native shell should guess at; a scriptlet that is refused for any other reason was understood once.
    private static readonly string[] Expected = ["the interpreter ", "rpm's own expansion", "the command '", "the shell's 'exec'"];

    [Fact]
    public void The_scriptlets_of_the_fixture_are_understood_but_for_what_only_a_shell_can_do()
    {
        var tree = Fixture.Tree();
        var refused = new List<string>();
        var count = 0;
        foreach (var package in Fixture.Packages())
        {
            foreach (var scriptlet in package.Scriptlets)
            {
                count++;
                var copy = tree.Clone();
                foreach (var folder in (string[])["/var/tmp", "/tmp", "/dev"])
                {
                    _ = copy.Find(folder) ?? copy.Put(folder, Inode.Directory());
                }

                var machine = new ScriptletMachine(copy, new AccountDatabase(copy), 1_700_000_000);
                var runner = new ScriptletRunner(machine, CommandCatalogue.Default, new NoSandbox("there is none"), ScriptletMode.Auto, _ => { });
                try
                {
                    runner.Run(new ScriptletCall(package.Nevra.ToString(), scriptlet.Kind.ToString(), scriptlet.Interpreter, scriptlet.Body, ["1"]) { NeedsExpansion = NodeImage.Compose.Installing.TriggerRunner.Expansion(scriptlet.Flags) });
                }
                catch (DiagnosticException e)
                {
                    refused.Add($"{package.Nevra.Name} {scriptlet.Kind}: {e.Message}");
                }
            }
        }

        Assert.True(count > 20, $"{count} scriptlets");
        Assert.True(refused.TrueForAll(line => Array.Exists(Expected, reason => line.Contains(reason, StringComparison.Ordinal))), string.Join('\n', refused));
    }
}
