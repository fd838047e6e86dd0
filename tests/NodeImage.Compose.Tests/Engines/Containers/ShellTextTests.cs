using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Tests.Engines.Containers;

/// <summary>What the shell makes of what is written for it.</summary>
public sealed class ShellTextTests
{
    [Fact]
    public void Any_text_is_one_word_of_the_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");
        var words = new List<string> { "", "it's", "a b", "$HOME", "`id`", "a\nb", "--", "\\", "\"", "*", "~" };
        Prop.ForAll<NonNull<string>>(text => words.Add(text.Get.Replace("\0", "", StringComparison.Ordinal))).QuickCheckThrowOnFailure();
        words = [.. words.Where(word => !word.Any(char.IsSurrogate) && !word.Contains('\r', StringComparison.Ordinal))];
        var (status, output) = Run("sh", "-c", $"printf '%s\\001' {string.Join(' ', words.Select(Quoting.Shell))}");
        Assert.Equal(0, status);
        Assert.Equal(string.Concat(words.Select(word => word + "\u0001")), output);
    }

    [Theory]
    [InlineData(ImageKind.Layered)]
    [InlineData(ImageKind.Base)]
    public void All_steps_are_well_formed(ImageKind kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");
        foreach (var tool in (PackageTool[])[PackageTool.Dnf, PackageTool.Microdnf, .. kind == ImageKind.Layered ? (PackageTool[])[PackageTool.RpmOstree] : []])
        {
            var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node() with { Kind = kind, Initramfs = InitramfsKind.Dracut }, options: new ContainerBuildOptions { PackageTool = tool }));
            foreach (var path in written.Files.Keys.Where(path => path.EndsWith(".sh", StringComparison.Ordinal)))
            {
                var (status, output) = Run("sh", "-n", "-c", written.Text(path));
                Assert.True(status == 0, $"{path}: {output}");
            }
        }
    }

    [Fact]
    public void Every_step_that_is_called_or_read_is_there()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node()));
        foreach (var step in written.Files.Keys.Where(path => path.StartsWith("steps/", StringComparison.Ordinal)))
        {
            foreach (var line in written.Text(step).Split('\n').Where(line => line.StartsWith(". \"$here/steps/", StringComparison.Ordinal)))
            {
                Assert.Contains(line[". \"$here/".Length..^1], written.Files.Keys);
            }
        }
    }

    private static (int Status, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
