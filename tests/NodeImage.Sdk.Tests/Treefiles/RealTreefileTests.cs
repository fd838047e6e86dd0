using NodeImage.Treefiles.Tests.Independent;

namespace NodeImage.Sdk.Tests.Treefiles;

/// <summary>
/// Proves over real manifests that what they say is what a project says that joins them, or takes their place: written out
/// again from the items alone, they come to the same by the reckoning of an independent reader.
/// </summary>
public sealed class RealTreefileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-treefiles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_project_that_joins_a_manifest_says_the_same()
    {
        foreach (var one in Cases())
        {
            var project = Path.Combine(Path.GetDirectoryName(one.File)!, "joining.osproj");
            TreefileProject.Write(project, $"<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>c10s</TargetFramework></PropertyGroup><ItemGroup><Treefile Include=\"{Path.GetFileName(one.File)}\" Variables=\"{one.VariableText}\" /></ItemGroup>");
            Judge(one, project);
        }
    }

    [Fact]
    public void A_project_that_takes_a_manifests_place_says_the_same()
    {
        foreach (var group in Cases().GroupBy(one => (one.File, one.VariableText)))
        {
            var folder = Path.GetDirectoryName(group.Key.File)!;
            var (starter, imported) = (Path.Combine(folder, "starter.osproj"), Path.Combine(folder, "imported.osproj"));
            TreefileProject.Write(starter, "<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>c10s</TargetFramework></PropertyGroup>");
            var outcome = TreefileProject.Build(starter, "ImportTreefile", ("TreefilePath", group.Key.File), ("TreefileVariables", group.Key.VariableText.Replace(";", "%3B", StringComparison.Ordinal)), ("ImportedProjectPath", imported), ("OverwriteImportedProject", "true"));
            Assert.True(outcome.Succeeded, $"{group.Key}: {string.Join('\n', outcome.Errors.Select(error => error.Message))}");
            Assert.All(File.ReadLines(imported), line => Assert.False(line.EndsWith(' '), line));
            TreefileProject.Adapt(imported);
            foreach (var one in group)
            {
                Judge(one, imported);
            }
        }
    }

    // What the data lack is made up: the folders of layers, and repositories that only their owners can reach.
    private List<RealTreefiles.Case> Cases()
    {
        var cases = RealTreefiles.LayOut(_folder).ToList();
        foreach (var one in cases)
        {
            var folder = Path.GetDirectoryName(one.File)!;
            var fields = PlainTreefile.Read(one.File, one.Architecture, one.Variables);
            foreach (var layer in (fields.GetValueOrDefault("ostree-layers") as List<string> ?? []).Select(layer => layer.Replace("overlay/", "overlay.d/", StringComparison.Ordinal)))
            {
                foreach (var root in new[] { folder, Path.Combine(folder, "fedora-coreos-config") }.Where(Directory.Exists))
                {
                    Directory.CreateDirectory(Path.Combine(root, layer, "usr/lib"));
                    File.WriteAllText(Path.Combine(root, layer, "usr/lib/layer"), layer);
                }
            }

            var known = Directory.GetFiles(folder, "*.repo").Select(File.ReadAllText).ToList();
            var missing = ((List<string>)fields["repos"]).Where(repository => !known.Exists(text => text.Contains($"[{repository}]", StringComparison.Ordinal)));
            File.AppendAllLines(Path.Combine(folder, "internal.repo"), missing.Select(repository => $"[{repository}]\nbaseurl=https://example.com/{repository}/$basearch/\ngpgcheck=0\n"));
        }

        return cases;
    }

    private static void Judge(RealTreefiles.Case one, string project)
    {
        var emitted = Path.Combine(Path.GetDirectoryName(project)!, "emitted");
        var outcome = TreefileProject.Build(project, "EmitTreefile", ("RuntimeIdentifier", Runtime(one.Architecture)), ("TreefileOutputFolder", emitted));
        Assert.True(outcome.Succeeded, $"{one}: {string.Join('\n', outcome.Errors.Select(error => $"{error.File}({error.LineNumber}): {error.Message}"))}");
        Assert.Empty(outcome.Warnings.Select(warning => warning.Message));
        var expected = Plain.Describe(PlainTreefile.Read(one.File, one.Architecture, one.Variables));
        var actual = Plain.Describe(PlainTreefile.Read(Path.Combine(emitted, "treefile.yaml"), one.Architecture, []));
        Assert.Equal($"{one}\n{expected}", $"{one}\n{actual}");
    }

    private static string Runtime(string architecture) => architecture switch
    {
        "x86_64" => "linux-x64",
        "aarch64" => "linux-arm64",
        _ => $"linux-{architecture}",
    };
}
