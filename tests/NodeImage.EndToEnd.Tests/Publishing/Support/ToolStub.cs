namespace NodeImage.EndToEnd.Tests.Publishing.Support;

/// <summary>A program in the place of podman or docker, which notes how it was called and keeps the archive that it was given.</summary>
internal sealed class ToolStub
{
    private readonly string _folder;

    private ToolStub(string folder) => _folder = folder;

    /// <summary>What it was called with, a line for each call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Path.Combine(_folder, "calls")) ? File.ReadAllLines(Path.Combine(_folder, "calls")) : [];

    /// <summary>The archive that it was given.</summary>
    public string Archive => Path.Combine(_folder, "loaded.tar");

    /// <summary>The environment in which it is found, and no other of its kind.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["PATH"] = $"{_folder}:{NothingElse()}" };

    /// <summary>Makes one.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="name">The program's name.</param>
    /// <param name="loadStatus">The exit status with which it loads.</param>
    public static ToolStub Make(string folder, string name, int loadStatus = 0)
    {
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, name);
        File.WriteAllText(program, $$"""
            #!/bin/bash
            echo "$*" >> {{folder}}/calls
            if [ "$1" = load ]; then cp "$3" {{folder}}/loaded.tar; echo "the store is full" >&2; exit {{loadStatus}}; fi

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new ToolStub(folder);
    }

    /// <summary>An environment in which there is neither podman nor docker.</summary>
    public static IReadOnlyDictionary<string, string?> None(string folder) => new Dictionary<string, string?> { ["PATH"] = Directory.CreateDirectory(folder).FullName };

    // Everything that the machine has, but the programs whose place is taken.
    private string NothingElse()
    {
        var rest = Path.Combine(_folder, "rest");
        Directory.CreateDirectory(rest);
        foreach (var program in (string[])["cp", "bash", "sh", "uname"])
        {
            var link = Path.Combine(rest, program);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, $"/bin/{program}");
            }
        }

        return rest;
    }
}
