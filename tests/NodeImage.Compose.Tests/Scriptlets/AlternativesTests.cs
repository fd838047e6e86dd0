using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Scriptlets;

public sealed class AlternativesTests
{
    private const string Install = "update-alternatives --install /usr/bin/vi vi /usr/bin/vim 10 --slave /usr/bin/view view /usr/bin/vimview";

    private readonly FileTree _tree = new();

    [Fact]
    public void A_script_under_the_programs_name_is_run_as_it_is_written()
    {
        PutFile("/usr/libexec/update-alternatives", new string('x', 5000));
        PutFile("/usr/sbin/alternatives", "#!/bin/sh\n# Elsewhere.\nexec /usr/libexec/update-alternatives --admindir /var/lib/elsewhere --log /dev/null \"$@\"\n");
        _tree.Put("/usr/sbin/update-alternatives", Inode.SymbolicLink("alternatives"));
        Assert.Equal(0, Run(Install));
        Assert.Equal("/etc/alternatives/vi", _tree.Find("/usr/bin/vi")!.Inode.LinkTarget);
        Assert.Equal("/usr/bin/vim", _tree.Find("/etc/alternatives/vi")!.Inode.LinkTarget);
        Assert.Equal("auto\n/usr/bin/vi\nview\n/usr/bin/view\n\n/usr/bin/vim\n10\n/usr/bin/vimview\n\n", Text("/var/lib/elsewhere/vi"));
    }

    [Fact]
    public void An_image_with_chkconfigs_program_has_its_records()
    {
        PutChkconfig();
        Assert.Equal(0, Run(Install + " --family edit"));
        Assert.Equal("auto\n/usr/bin/vi\nview\n/usr/bin/view\n\n/usr/bin/vim\n@edit@10\n/usr/bin/vimview\n", Text("/var/lib/alternatives/vi"));
    }

    [Fact]
    public void A_layer_goes_on_with_the_records_that_its_base_has_put_aside()
    {
        PutChkconfig();
        Assert.Equal(0, Run(Install));
        var record = _tree.Find("/var/lib/alternatives/vi")!;
        _tree.Put("/usr/share/factory/var/lib/alternatives/vi", record.Inode);
        _tree.Remove(record);
        PutFile("/usr/bin/nvi", "");
        Assert.Equal(0, Run("alternatives --install /usr/bin/vi vi /usr/bin/nvi 5"));
        Assert.Equal("auto\n/usr/bin/vi\nview\n/usr/bin/view\n\n/usr/bin/vim\n10\n/usr/bin/vimview\n/usr/bin/nvi\n5\n\n", Text("/var/lib/alternatives/vi"));
        Assert.Equal("/usr/bin/vim", _tree.Find("/etc/alternatives/vi")!.Inode.LinkTarget);
        Assert.Equal(0, Run("alternatives --remove vi /usr/bin/vim && alternatives --remove vi /usr/bin/nvi"));
        Assert.Null(_tree.Find("/usr/share/factory/var/lib/alternatives/vi"));
        Assert.Null(_tree.Find("/usr/bin/vi"));
    }

    [Theory]
    [InlineData("alternatives --install /usr/bin/vi ../../etc/x /usr/bin/vim 10")]
    [InlineData("alternatives --set .. /usr/bin/vim")]
    [InlineData("alternatives --config vi")]
    public void What_leads_elsewhere_or_asks_somebody_is_left_to_the_program_itself(string script)
    {
        PutChkconfig();
        Assert.Throws<UnsupportedScriptException>(() => Run(script));
    }

    [Fact]
    public void A_damaged_record_is_a_failure_as_it_is_of_the_program()
    {
        PutChkconfig();
        PutFile("/var/lib/alternatives/vi", "auto\n/usr/bin/vi\n\nno path\n");
        Assert.Equal(2, Run(Install));
        PutFile("/var/lib/alternatives/vi", "auto\n");
        Assert.Equal(2, Run("alternatives --auto vi"));
    }

    private void PutChkconfig()
    {
        PutFile("/usr/sbin/alternatives", new string('x', 5000));
        _tree.Put("/usr/sbin/update-alternatives", Inode.SymbolicLink("alternatives"));
        _tree.Put("/var/lib/alternatives", Inode.Directory());
    }

    private void PutFile(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text), 0b111_101_101));

    private string Text(string path) => _tree.Find(path)!.Inode.Content!.ReadText();

    private int Run(string script)
    {
        foreach (var path in new[] { "/usr/bin/vim", "/usr/bin/vimview" })
        {
            PutFile(path, "");
        }

        var machine = new ScriptletMachine(_tree, new AccountDatabase(_tree), 0);
        return new ShellInterpreter(machine, CommandCatalogue.Default).Run(ShellParser.Parse(script), [], new ShellStreams(new ShellInput(""), new TextSink(), new TextSink()));
    }
}
