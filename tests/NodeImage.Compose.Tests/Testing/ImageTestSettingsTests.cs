using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Sandboxes;
using NodeImage.Compose.Testing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Tests.Testing;

/// <summary>Settings of tests come to the program that runs them as the build meant them.</summary>
public sealed class ImageTestSettingsTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var settings = new ImageTestSettings
        {
            ProjectFile = "/work/node.osproj",
            DefinitionFile = "/work/obj/image-definition.json",
            Layout = "/work/bin/image",
            ScratchFolder = "/work/obj/test",
            CacheFolder = "/cache",
            Sandbox = new SandboxOptions("/usr/bin/dotnet", "/sdk/NodeImage.Sandbox.dll") { MachineArchitecture = "x86_64", IsRoot = true, UserName = "root", UserId = "0" },
            Scripts = [new ImageTestScript(new SourceFile("tests/a b.sh", 12, "sha256:" + new string('a', 64)), "/bin/sh")],
            Places = ImmutableSortedDictionary<string, SourcePlace>.Empty.Add("tests/a b.sh", new SourcePlace("/work/node.osproj", 9, 6)),
        };
        var read = ImageTestSettings.Read(settings.Write());
        Assert.Equal(settings.Scripts, read.Scripts);
        Assert.Equal(settings.Places, read.Places);
        Assert.Equal(settings, read with { Scripts = settings.Scripts, Places = settings.Places });
        Assert.Equal(settings.Write(), read.Write());
    }
}
