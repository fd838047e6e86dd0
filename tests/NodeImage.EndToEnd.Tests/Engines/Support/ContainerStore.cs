using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines.Support;

/// <summary>A store of containers of a test's own, and an environment without .NET.</summary>
internal sealed class ContainerStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-store-").FullName;

    public ContainerStore() => File.WriteAllText(Configuration, $"""
        [storage]
        driver = "overlay"
        graphroot = "{_folder}/root"
        runroot = "{_folder}/run"

        """);

    private string Configuration => Path.Combine(_folder, "storage.conf");

    /// <summary>Runs a command with the store, and with a PATH on which there is no dotnet.</summary>
    public CommandResult Run(string program, params IEnumerable<string> arguments) =>
        Command.Run("env", ["-i", $"PATH={PathWithoutDotNet()}", $"HOME={_folder}", $"CONTAINERS_STORAGE_CONF={Configuration}", $"SECRETS={_folder}/secrets", program, .. arguments]);

    /// <summary>Gives builds a secret.</summary>
    public void AddSecret(string id, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "secrets"));
        File.WriteAllText(Path.Combine(_folder, "secrets", id), text);
    }

    /// <summary>Writes an image of the store as a layout.</summary>
    public string Export(string image)
    {
        var layout = Path.Combine(_folder, "layout");
        Run("buildah", "push", "--quiet", image, $"oci:{layout}:latest").Succeeded();
        return layout;
    }

    public void Dispose()
    {
        Run("buildah", "rm", "--all");
        Run("buildah", "rmi", "--all", "--force");
        Command.Run("rm", "-rf", "--one-file-system", _folder);
    }

    private static string PathWithoutDotNet()
    {
        string[] folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        Assert.SkipWhen(folders.Any(folder => File.Exists(Path.Combine(folder, "dotnet"))), "dotnet is installed where the system's own tools are");
        return string.Join(':', folders);
    }
}
