using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet run</c> starts the image as a container.</summary>
public sealed class RunTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Theory]
    [InlineData("podman")]
    [InlineData("docker")]
    public void It_loads_the_image_and_passes_on_arguments_and_the_status(string tool)
    {
        // In the tool's place, a program that keeps what it is given.
        var tools = Tools((tool, """
            #!/bin/sh
            case $1 in
              version) exit 0 ;;
              load) cp "$3" "$KEPT/image.tar"; exit 0 ;;
              run) echo "$@" > "$KEPT/arguments"; exit 7 ;;
            esac
            exit 1
            """));
        var ended = Run(tools, "run", "--project", "node", "--", "kubelet", "--version");
        Assert.Equal(7, ended.Status);
        Assert.Equal("run --rm --interactive localhost/node:dotnet-run kubelet --version\n", File.ReadAllText(Path.Combine(tools, "arguments")));

        Command.Require("skopeo");
        var kind = tool == "docker" ? "docker-archive" : "oci-archive";
        var loaded = Command.Run("skopeo", "inspect", "--config", $"{kind}:{Path.Combine(tools, "image.tar")}").Succeeded();
        Assert.Contains("containers.bootc", loaded, StringComparison.Ordinal);
    }

    [Fact]
    public void The_local_registry_decides_which_program_it_is()
    {
        var tools = Tools(("podman", "#!/bin/sh\necho podman $1 >> \"$KEPT/calls\"\n"), ("docker", "#!/bin/sh\necho docker $1 >> \"$KEPT/calls\"\n"));
        Run(tools, "run", "--project", "node", "-p:LocalRegistry=Podman").Succeeded();
        Assert.Equal(["podman version", "podman load", "podman run"], File.ReadAllLines(Path.Combine(tools, "calls")));
    }

    [Fact]
    public void Without_any_it_says_what_to_do()
    {
        var failed = Run(Tools(("podman", "#!/bin/sh\nexit 1\n"), ("docker", "#!/bin/sh\nexit 1\n")), "run", "--project", "node");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("NI5201", failed.Output, StringComparison.Ordinal);
    }

    private string Tools(params (string Name, string Text)[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Project.Folder, "tools", Path.GetRandomFileName())).FullName;
        foreach (var (name, text) in programs)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text + "\n");
            Command.Run("chmod", "+x", path).Succeeded();
        }

        return folder;
    }

    private CommandResult Run(string tools, params string[] arguments) =>
        Newcomer.Run(Project, arguments, ("PATH", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}"), ("KEPT", tools));
}
