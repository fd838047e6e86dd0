using NodeImage.Compose.Engines.Containers.Tools;
using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Writes the script that calls a tool with the options that it should have.</summary>
internal sealed class BuildScriptSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var secrets = plan.UsedRepositories.Where(RepositoryFile.IsSecret).Select(PackagesSection.SecretOf).Concat(plan.Options.Secrets.Select(secret => secret.Id)).ToList();
        var help = $"""
            Builds the image: ./build.sh [-b IMAGE] [-t NAME] [-e podman|buildah|docker] [-- OPTION...]
              -b  the {(plan.IsLayered ? "image that it stands on; one of the same packages, such as a copy in your own registry" : "image whose dnf and rpm make it")}:
                  a name in a registry, or oci:FOLDER, oci-archive:FILE, containers-storage:NAME
              -t  the name that the image gets
              -e  what builds it; the first that is there
            Options after -- go to the tool. ISOLATION sets its --isolation{(secrets.Count > 0 ? ", and SECRETS names the folder with the files " + string.Join(", ", secrets) : "")}.
            """;
        var lines = new List<string> { "#!/bin/sh" };
        lines.AddRange(help.Split('\n').Select(line => "# " + line.TrimEnd()));
        lines.AddRange([
            "set -eu",
            "folder=$(cd \"$(dirname \"$0\")\" && pwd)",
            $"from={Quoting.Shell(plan.FromReference)}",
            $"name={Quoting.Shell($"localhost/{ImageNames.Repository(plan.Definition.Name)}:{ImageNames.Tag(plan.Version.Version)}")}",
            $"isolation=${{ISOLATION:-{Quoting.Shell(plan.Options.Isolation ?? "")}}}",
            "tool=",
            "while getopts b:t:e:h option; do",
            "    case $option in",
            "        b) from=$OPTARG ;;",
            "        t) name=$OPTARG ;;",
            "        e) tool=$OPTARG ;;",
            "        *) sed -n '2,/^set/s/^# //p' \"$0\"; exit 2 ;;",
            "    esac",
            "done",
            "shift $((OPTIND - 1))",
            "# Some tools make a name of a folder's path, and allow no upper case in one.",
            "case $from in",
            "    oci:/*) cd \"$(dirname \"${from#oci:}\")\"; from=oci:$(basename \"$from\") ;;",
            "esac",
            "for candidate in podman buildah docker; do",
            "    [ -n \"$tool\" ] || ! command -v \"$candidate\" > /dev/null || tool=$candidate",
            "done",
            "",
            $"set -- --build-arg {plan.FromVariable}=\"$from\" \"$@\"",
        ]);
        lines.AddRange(secrets.Select(secret => $"set -- --secret id={secret},src=\"${{SECRETS:?the folder with the secrets}}/{secret}\" \"$@\""));
        lines.AddRange([
            "case $tool in",
            $"    podman) set -- podman build {string.Join(' ', BuildOptions.ForContainerStorage(plan.Version.Time, !plan.Fetched.IsEmpty))} ${{isolation:+--isolation \"$isolation\"}} --tag \"$name\" \"$@\" ;;",
            $"    buildah) set -- buildah build {string.Join(' ', BuildOptions.ForContainerStorage(plan.Version.Time, !plan.Fetched.IsEmpty))} ${{isolation:+--isolation \"$isolation\"}} --tag \"$name\" \"$@\" ;;",
            $"    docker) export SOURCE_DATE_EPOCH={plan.Version.Time}; set -- docker build --file \"$folder/Containerfile\" --tag \"$name\" \"$@\" ;;",
            "    *) echo 'podman, buildah or docker is needed' >&2; exit 1 ;;",
            "esac",
            "exec \"$@\" \"$folder\"",
            "",
        ]);
        output.AddText("build.sh", string.Join('\n', lines), isProgram: true);
    }
}
