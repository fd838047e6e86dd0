namespace NodeImage.Treefiles.Tests.Independent;

/// <summary>The treefiles that real images are made of, with the variables that their builds give them.</summary>
internal static class RealTreefiles
{
    /// <summary>A manifest, for an architecture and variables.</summary>
    public sealed record Case(string File, string Architecture, IReadOnlyDictionary<string, string> Variables)
    {
        /// <summary>The variables as a project writes them.</summary>
        public string VariableText => string.Join(';', Variables.Select(pair => $"{pair.Key}={pair.Value}"));

        public override string ToString() => $"{Path.GetFileName(File)} {Architecture} {VariableText}";
    }

    private static readonly string[] Architectures = ["x86_64", "aarch64", "ppc64le", "s390x"];

    /// <summary>Lays the manifests out as their repositories have them, the one as a submodule of the other, and lists what is built of them.</summary>
    /// <param name="target">The folder that they are laid out in.</param>
    public static IReadOnlyList<Case> LayOut(string target)
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "NODEIMAGE_TESTDATA is not set");
        var from = Path.Combine(data!, "treefiles");
        Copy(Path.Combine(from, "fedora-coreos-config"), Path.Combine(target, "fedora-coreos-config"));
        Copy(Path.Combine(from, "os"), Path.Combine(target, "os"));
        Copy(Path.Combine(from, "rhel-coreos-config"), Path.Combine(target, "rhel-coreos-config"));
        var submodule = Path.Combine(target, "rhel-coreos-config", "fedora-coreos-config");
        Copy(Path.Combine(from, "fedora-coreos-config"), submodule);
        var shared = Path.Combine(submodule, "manifests", "shared-el.yaml");
        if (!File.Exists(shared))
        {
            // The one file that the data lack: what both releases share.
            File.WriteAllText(shared, """
                include:
                  - fedora-coreos-base.yaml
                """);
        }

        return [.. Cases(target)];
    }

    private static IEnumerable<Case> Cases(string target)
    {
        foreach (var architecture in Architectures)
        {
            foreach (var (stream, prod, release) in new (string, string?, string?)[] { ("testing-devel", null, null), ("stable", "true", null), ("rawhide", "false", "41"), ("next", "false", "42") })
            {
                var variables = new Dictionary<string, string> { ["stream"] = stream };
                Set(variables, "prod", prod);
                Set(variables, "releasever", release);
                yield return new Case(Path.Combine(target, "fedora-coreos-config", "manifest.yaml"), architecture, variables);
            }

            foreach (var (file, version, release) in new[] { ("manifest-c10s.yaml", "centos-10", "10"), ("manifest-rhel-10.2.yaml", "rhel-10.2", "10"), ("manifest-c10s.yaml", "centos-9", "9"), ("manifest-rhel-10.2.yaml", "rhel-9.8", "9") })
            {
                var variables = new Dictionary<string, string> { ["osversion"] = version, ["releasever"] = release, ["stream"] = "stable", ["id"] = "rhcos", ["deriving"] = "true" };
                yield return new Case(Path.Combine(target, "rhel-coreos-config", file), architecture, variables);
            }

            foreach (var version in (string[])["rhel-9.8", "rhel-10.2", "centos-10", "centos-9", "none"])
            {
                yield return new Case(Path.Combine(target, "os", "packages-openshift.yaml"), architecture, new Dictionary<string, string> { ["osversion"] = version });
            }
        }
    }

    private static void Set(Dictionary<string, string> variables, string name, string? value)
    {
        if (value is not null)
        {
            variables[name] = value;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path, overwrite: true);
        }
    }
}
