using System.Text;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>
/// A layer whose packages rpm-ostree installs, in a real container build. In its place the base has a script that writes down how
/// it was called, and has dnf do what rpm-ostree has dnf do.
/// </summary>
public sealed class RpmOstreeLayerTests : IDisposable
{
    private const string Recorder = """
        #!/bin/bash
        set -eu
        { printf '%s\n' "${0##*/}" "$@"; echo --end--; } >> /usr/share/recorded
        apply() { dnf -y --setopt=gpgcheck=0 --setopt=install_weak_deps=0 --setopt=logdir=/tmp --setopt=cachedir=/tmp/dnf --disablerepo='*' --disableplugin='*' install "$@"; }
        case "${0##*/} $*" in
            'rpm-ostree experimental compose treefile-apply '*)
                cp "${@: -1}" /usr/share/recorded.treefile
                apply $(sed -n '/^packages:/,/^[a-z-]*:/s/^ *- //p' "${@: -1}")
                ;;
            'rpm-ostree install --assumeyes '*) shift 2; apply "$@" ;;
        esac

        """;

    private readonly ScratchProject _project = ScratchProject.Make("rpm-ostree-layer");

    public void Dispose() => Directory.Delete(_project.Folder, recursive: true);

    [Fact]
    public void Packages_come_by_treefile_apply_and_by_install()
    {
        Command.RequireRoot();
        Command.Require("podman");
        foreach (var program in (string[])["rpm-ostree", "ostree"])
        {
            _project.Write($"base/overlay/usr/bin/{program}", Recorder);
            Command.Run("chmod", "+x", Path.Combine(_project.Folder, "base/overlay/usr/bin", program)).Succeeded();
        }

        _project.WriteBase("""<RpmPackage Include="dnf;dnf-plugins-core;diffutils;findutils;gawk;grep;gzip;rpm;sed;shadow-utils;systemd;util-linux" />""");
        _project.WriteLayered("node", """<RpmPackage Include="hostname" />""", "<OSImageEngine>RpmOstree</OSImageEngine><OSImageBuildIsolation>Chroot</OSImageBuildIsolation>");

        _project.Build("node", "-p:OSImagePackageTool=TreefileApply").Succeeded();
        var (calls, treefile) = Recorded();
        Assert.Equal(["rpm-ostree", "experimental", "compose", "treefile-apply", "--var=osversion=rhel-9.6", "/run/nodeimage/packages/treefile.yaml"], calls[0]);
        Assert.Equal(["ostree", "container", "commit"], calls[^1]);
        Assert.Equal(["packages", "recommends"], treefile.Split('\n').Where(line => line.Length > 0 && char.IsAsciiLetter(line[0])).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Matches(@"- '?/run/nodeimage/packages/files/hostname-[^/]*\.rpm'?\n", treefile);
        Assert.Contains("/usr/bin/hostname", new LayoutReader(_project.Layout("node")).Files().Keys);

        _project.Build("node", "-p:OSImagePackageTool=RpmOstree").Succeeded();
        (calls, _) = Recorded();
        Assert.Equal(["rpm-ostree", "install", "--assumeyes"], calls[0].Take(3));
        Assert.Matches("^/run/nodeimage/packages/files/hostname-[^/]*\\.rpm$", Assert.Single(calls[0].Skip(3)));
        Assert.Equal([["rpm-ostree", "cleanup", "-m"], ["ostree", "container", "commit"]], calls.Skip(1));
        Assert.Contains("/usr/bin/hostname", new LayoutReader(_project.Layout("node")).Files().Keys);
    }

    private (IReadOnlyList<IReadOnlyList<string>> Calls, string Treefile) Recorded()
    {
        var (recorded, treefile) = ("", "");
        new LayoutReader(_project.Layout("node")).ReadFiles((path, content) =>
        {
            using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
            (recorded, treefile) = path switch
            {
                "/usr/share/recorded" => (reader.ReadToEnd(), treefile),
                "/usr/share/recorded.treefile" => (recorded, reader.ReadToEnd()),
                _ => (recorded, treefile),
            };
        });
        return ([.. recorded.Split("\n--end--\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\n'))], treefile);
    }
}
