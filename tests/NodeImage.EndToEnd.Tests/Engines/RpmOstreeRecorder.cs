using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>
/// Programs in the places of rpm-ostree and podman, which write down how they were called and with what. For a compose they hand
/// over an image that was made before: what rpm-ostree itself makes of it is no part of these tests.
/// </summary>
/// <param name="folder">The folder of the projects, a name of its own for each class of tests.</param>
public abstract class RpmOstreeRecorder(string folder) : IDisposable
{
    private readonly Lazy<ScratchProject> _project = new(() => Make(folder));

    /// <summary>The projects, of which <c>base</c> is built by the managed engine.</summary>
    internal ScratchProject Project => _project.Value;

    /// <summary>Builds a project with the recorders first on the path.</summary>
    /// <param name="name">The project.</param>
    /// <param name="arguments">Arguments of <c>dotnet build</c>.</param>
    /// <returns>What came of it.</returns>
    internal CommandResult Build(string name, params IEnumerable<string> arguments)
    {
        File.Delete(Path.Combine(Project.Folder, "transcript"));
        foreach (var seen in Directory.GetDirectories(Project.Folder, "seen-*"))
        {
            Directory.Delete(seen, recursive: true);
        }

        return Project.Run("build", name, arguments, new Dictionary<string, string?> { ["PATH"] = $"{Project.Folder}/tools:{Environment.GetEnvironmentVariable("PATH")}" });
    }

    /// <summary>Builds a project while a file of the project folder says how the recorders behave.</summary>
    /// <param name="file">The file: <c>words</c>, which rpm-ostree fails with, or <c>left-out</c>, the packages that it does not gather.</param>
    /// <param name="content">What the file says.</param>
    /// <param name="name">The project.</param>
    /// <returns>What came of it.</returns>
    internal CommandResult BuildWith(string file, string content, string name)
    {
        var path = Project.Write(file, content);
        try
        {
            return Build(name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The calls of the last build, a word a line, with the folders of this machine taken out.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Calls()
    {
        var transcript = Path.Combine(Project.Folder, "transcript");
        var text = File.Exists(transcript) ? File.ReadAllText(transcript).Replace(Project.Folder, "@", StringComparison.Ordinal) : "";
        return [.. text.Split("\n--end--\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\n'))];
    }

    /// <summary>A file or folder that rpm-ostree was given in the last build.</summary>
    internal string Seen(string path) => Path.Combine(Project.Folder, $"seen-{path}");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_project.IsValueCreated)
        {
            Directory.Delete(Project.Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private static ScratchProject Make(string folder)
    {
        var project = ScratchProject.MakeWithBase(folder);
        project.Build("base").Succeeded();
        WriteTool(project, "rpm-ostree", """
            [ ! -f "$folder/words" ] || { cat "$folder/words" >&2; exit 1; }
            operands=()
            for word; do
                case $word in
                    --rootfs=*) rootfs=${word#--rootfs=} ;;
                    --output-dir=*) gathered=${word#--output-dir=} ;;
                    --output=oci:*) output=${word#--output=oci:} output=${output%:latest} ;;
                    -*) ;;
                    *) operands+=("$word") ;;
                esac
            done
            case $2 in
                image | rootfs)
                    treefile=${operands[-2]}
                    cp -r "$(dirname "$treefile")" "$folder/seen-treefile"
                    cp -r "$(dirname "$treefile")/../repository" "$folder/seen-repository"
                    [ ! -d "$(dirname "$treefile")/../layers" ] || cp -a "$(dirname "$treefile")/../layers" "$folder/seen-layers"
                    ;;
            esac
            case $2 in
                image) output=${operands[-1]} ;;
                rootfs) mkdir "${operands[-1]}"; exit ;;
                extensions)
                    cp -r "$(dirname "${operands[-2]}")" "$folder/seen-treefile"
                    cp -r "$rootfs" "$folder/seen-rootfs"
                    mkdir "$gathered"
                    find "$(dirname "${operands[-2]}")/../repository" -name '*.rpm' -exec cp {} "$gathered" ';'
                    [ ! -f "$folder/left-out" ] || rm "$gathered"/$(cat "$folder/left-out")
                    exit
                    ;;
            esac
            cp -r "$folder/base/bin/Debug/rhel9.6/linux-x64/image" "$output"
            """);
        WriteTool(project, "podman", """
            while [ "$1" != registry.example.com/builder:1 ]; do shift; done
            shift
            exec "$@"
            """);
        return project;
    }

    private static void WriteTool(ScratchProject project, string name, string body)
    {
        var path = project.Write($"tools/{name}", $$"""
            #!/bin/bash
            set -eu
            folder={{project.Folder}}
            { printf '%s\n' {{name}} "$@"; echo --end--; } >> "$folder/transcript"
            {{body}}

            """);
        Command.Run("chmod", "+x", path).Succeeded();
    }
}
