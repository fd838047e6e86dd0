using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines.Support;

/// <summary>A store of containers of a test's own, and an environment without .NET.</summary>
internal sealed class ContainerStore : IDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-store-").FullName;

    public ContainerStore()
    {
        File.WriteAllText(Configuration, $"""
            [storage]
            driver = "overlay"
            graphroot = "{_folder}/root"
            runroot = "{_folder}/run"

            """);
        LinkPrograms();
    }

    private string Programs => Path.Combine(_folder, "bin");

    private string Configuration => Path.Combine(_folder, "storage.conf");

    /// <summary>Runs a command with the store, and with a PATH on which there is no dotnet.</summary>
    public CommandResult Run(string program, params IEnumerable<string> arguments) =>
        Command.Run("env", ["-i", $"PATH={Programs}", $"HOME={_folder}", $"CONTAINERS_STORAGE_CONF={Configuration}", $"SECRETS={_folder}/secrets", program, .. arguments]);

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

    // All of the machine's programs but dotnet, wherever that is.
    private void LinkPrograms()
    {
        Directory.CreateDirectory(Programs);
        foreach (var program in Folders.Where(Directory.Exists).SelectMany(Directory.GetFiles).DistinctBy(Path.GetFileName).Where(program => Path.GetFileName(program) != "dotnet"))
        {
            File.CreateSymbolicLink(Path.Combine(Programs, Path.GetFileName(program)), program);
        }
    }
}
