using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Programs that an image references are published for it and put in it.</summary>
public sealed class ProgramTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Fact]
    public void Several_programs_each_as_it_says_of_itself()
    {
        WriteProgram("single", "<SelfContained>true</SelfContained><PublishSingleFile>true</PublishSingleFile><RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>");
        WriteProgram("folder", "<SelfContained>false</SelfContained><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>");

        // The newest framework that is a program's is taken.
        WriteProgram("several", "<SelfContained>false</SelfContained><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>", "<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>");
        Newcomer.WriteNode(Project, """
            <ProjectReference Include="../single/single.csproj" ImagePath="/usr/libexec/single" />
                <ProjectReference Include="../folder/folder.csproj" ImagePath="/usr/lib/folder" />
                <ProjectReference Include="../several/several.csproj" ImagePath="/usr/lib/several" />
            """);
        newcomer.Run("build", "node").Succeeded();
        var digest = Project.Digest("node");
        var files = new LayoutReader(Project.Layout("node")).Files();
        Assert.True((files["/usr/libexec/single"].Mode & UnixFileMode.UserExecute) != 0);
        Assert.Contains("/usr/lib/folder/folder.dll", files.Keys);
        Assert.Contains("/usr/lib/folder/folder.runtimeconfig.json", files.Keys);
        Assert.Contains("/usr/lib/several/several.runtimeconfig.json", files.Keys);

        // Nothing has changed: nothing is published, and the image is the same.
        var again = newcomer.Run("build", "node", "-v:normal").Succeeded();
        Assert.Contains("Skipping target \"_PublishForImage\"", again, StringComparison.Ordinal);
        Assert.Equal(digest, Project.Digest("node"));

        Project.Write("single/Program.cs", "public static class Program { public static void Main() => System.Console.WriteLine(\"changed\"); }\n");
        newcomer.Run("build", "node").Succeeded();
        Assert.NotEqual(digest, Project.Digest("node"));
    }

    [Fact]
    public void A_program_compiled_ahead_of_time_is_one_native_file()
    {
        const string Main = "System.Console.WriteLine(System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported)";
        WriteProgram("native", "<PublishAot>true</PublishAot><StripSymbols>true</StripSymbols><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>", main: Main);
        Newcomer.WriteNode(Project, """<ProjectReference Include="../native/native.csproj" ImagePath="/usr/libexec/native" />""");
        newcomer.Run("build", "node").Succeeded();
        var reader = new LayoutReader(Project.Layout("node"));
        Assert.True((reader.Files()["/usr/libexec/native"].Mode & UnixFileMode.UserExecute) != 0);
        Assert.DoesNotContain(reader.Files().Keys, path => path.StartsWith("/usr/libexec/native/", StringComparison.Ordinal));

        // It runs where there is no .NET, and says that it was not compiled when started.
        var program = Path.Combine(Project.Folder, "taken");
        reader.ReadFiles((path, content) =>
        {
            if (path == "/usr/libexec/native")
            {
                using var file = File.Create(program);
                content.CopyTo(file);
            }
        });
        Command.Run("chmod", "+x", program).Succeeded();
        Assert.Equal(["False"], Command.Run("env", "-i", program).Lines());
    }

    private void WriteProgram(string name, string properties, string framework = "<TargetFramework>net10.0</TargetFramework>", string main = "")
    {
        Project.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {framework}
                {properties}
                <PathMap>$(MSBuildProjectDirectory)=/_/{name}</PathMap>
              </PropertyGroup>
            </Project>
            """);
        Project.Write($"{name}/Program.cs", $"public static class Program {{ public static void Main() {{ {main}; }} }}\n");
    }
}
