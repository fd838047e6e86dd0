using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A scriptlet that no catalogue knows is run or refused, and never dropped.</summary>
public sealed class UnknownScriptletTests(UnknownScriptletTests.Packages packages) : IClassFixture<UnknownScriptletTests.Packages>
{
    private ScratchProject Project => packages.Project;

    [Theory]
    [InlineData("own-program")]
    [InlineData("own-shell")]
    public void It_is_run_in_the_sandbox_and_its_effect_is_in_the_image(string package)
    {
        Command.RequireRoot();
        Project.WriteLayered("node", Packages.Item(package));
        Project.Build("node").Succeeded();
        var made = new LayoutReader(Project.Layout("node")).Files()[$"/usr/share/{package}/made"];
        Assert.Equal(Packages.DigestOfEffect, made.Digest);
    }

    [Theory]
    [InlineData("own-program")]
    [InlineData("own-shell")]
    public void It_is_refused_by_name_where_scriptlets_may_only_be_declarative(string package)
    {
        Project.WriteLayered("strict", Packages.Item(package), "<RpmScriptletMode>Declarative</RpmScriptletMode>");
        var result = Project.Build("strict");
        Assert.NotEqual(0, result.Status);
        var error = Assert.Single(BuildError.Parse(result.Output));
        Assert.Equal("NI3401", error.Code);
        Assert.StartsWith($"The %post scriptlet of {package}-1-1.noarch uses ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Project.Layout("strict")));
    }

    [Fact]
    public void A_program_that_can_be_followed_is_carried_out_even_so()
    {
        Project.WriteLayered("simple", Packages.Item("own-simple"), "<RpmScriptletMode>Declarative</RpmScriptletMode>");
        Project.Build("simple").Succeeded();
        Assert.Equal(Packages.DigestOfEffect, new LayoutReader(Project.Layout("simple")).Files()["/usr/share/own-simple/made"].Digest);
    }

    [Fact]
    public void One_that_fails_is_told_of_with_its_output()
    {
        Command.RequireRoot();
        Project.WriteLayered("failing", Packages.Item("own-failure"));
        var output = Project.Build("failing").Output;
        Assert.Matches("(warning|error) NI34[0-9]{2}: .*own-failure", output);
        Assert.Contains("the disk of this test is flat", output, StringComparison.Ordinal);
    }

    /// <summary>A repository with packages of scriptlets that nobody has foreseen, and a base.</summary>
    public sealed class Packages
    {
        private const string Effect = "made by a scriptlet\n";

        private readonly Lazy<ScratchProject> _project = new(Make);

        internal static string DigestOfEffect => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Effect)));

        internal ScratchProject Project => _project.Value;

        internal static string Item(string package) => $"""
            <RpmRepository Include="own" BaseUrl="../own" GpgCheck="false" />
                <RpmPackage Include="{package}" />
            """;

        private static ScratchProject Make()
        {
            var project = ScratchProject.MakeWithBase("unknown-scriptlets");
            var own = new MadeRepository(Path.Combine(project.Folder, "own"));

            // A program that only the package itself has.
            own.Build("own-program", rest: """
                cat > %buildroot/usr/share/own-program/program <<'EOF'
                #!/bin/bash
                coproc { cat; }
                echo "made by a scriptlet" >&"${COPROC[1]}"
                read -r line <&"${COPROC[0]}"
                echo "$line" > /usr/share/own-program/made
                EOF
                chmod 755 %buildroot/usr/share/own-program/program
                %post
                /usr/share/own-program/program
                """);

            own.Build("own-simple", rest: """
                cat > %buildroot/usr/share/own-simple/program <<'EOF'
                #!/bin/sh
                echo "made by a scriptlet" > /usr/share/own-simple/made
                EOF
                chmod 755 %buildroot/usr/share/own-simple/program
                %post
                /usr/share/own-simple/program
                """);

            // What no reader of shell should pretend to know: arrays, arithmetic, a coprocess's descriptors.
            own.Build("own-shell", rest: """
                %post -p /bin/bash
                declare -A word=([a]=made [b]=by)
                coproc { cat; }
                printf '%%s\n' "${word[a]} ${word[b]} a scriptlet" >&"${COPROC[1]}"
                read -r line <&"${COPROC[0]}"
                (( ${#line} > 3 )) && printf '%%s\n' "$line" > /usr/share/own-shell/made
                """);
            own.Build("own-failure", rest: """
                %post -p /bin/bash
                coproc { cat; }
                echo "the disk of this test is flat" >&2
                exit 3
                """);
            own.Index();
            return project;
        }
    }
}
