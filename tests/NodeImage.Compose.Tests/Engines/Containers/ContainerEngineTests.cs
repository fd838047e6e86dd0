using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Tests.Engines.Containers;

/// <summary>How tools are called, and what becomes of their failures; a script stands in a tool's place.</summary>
public sealed class ContainerEngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-test-").FullName;

    public ContainerEngineTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");

    private string Output => Path.Combine(_folder, "output");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Buildah_is_given_a_list_of_arguments_and_a_store_of_its_own()
    {
        Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Buildah, "exit 0", new ContainerBuildOptions { Isolation = "chroot", RunFolder = _folder, Secrets = [new BuildSecret("id", Write("secret", "s"), "/run/x")] }));
        var calls = Calls();
        Assert.Equal(
            [
                "--root", "store", "--runroot", "RUN", "build", "--format", "oci", "--layers=false", "--identity-label=false", "--timestamp", "1767225600", "--security-opt", "label=disable", "--dns", "none",
                "--no-cache", "--platform", "linux/amd64", "--isolation", "chroot", "--build-arg", "BASE_IMAGE=oci:base:latest", "--secret", $"id=id,src={_folder}/secret", "--tag", "localhost/nodeimage:latest", "context",
            ],
            calls[0]);
        Assert.Equal(["push", "--quiet", "--disable-compression", "localhost/nodeimage:latest", "oci:result:latest"], calls[1].Skip(4));
        Assert.Equal(["rm", "--all"], calls[2].Skip(4));
        Assert.Equal(["rmi", "--all", "--force"], calls[3].Skip(4));
    }

    [Fact]
    public void Podman_saves_what_it_has_built()
    {
        Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Podman, "exit 0"));
        Assert.DoesNotContain("--isolation", Calls()[0]);
        Assert.Equal(["save", "--quiet", "--format", "oci-dir", "--uncompressed", "--output", "result", "localhost/nodeimage:latest"], Calls()[1].Skip(4));
    }

    [Fact]
    public void Docker_takes_the_base_as_a_layout_and_writes_an_archive()
    {
        Assert.Equal("NI3702", Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Docker, "exit 1")).Diagnostic.Code);
        var call = Calls()[0];
        Assert.Equal(["buildx", "build"], call.Take(2));
        Assert.Contains("nodeimage-from=oci-layout://base:latest", call);
        Assert.Contains("BASE_IMAGE=nodeimage-from", call);
        Assert.Contains("type=oci,dest=result,rewrite-timestamp=true", call);
    }

    [Fact]
    public void A_failure_is_told_in_the_tool_s_own_words_and_leaves_nothing()
    {
        var error = Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Buildah, "echo on the way; echo nodeimage: no such unit >&2; exit 7")).Diagnostic;
        Assert.Equal("NI3702", error.Code);
        Assert.Contains("exit status 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("nodeimage: no such unit", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder, "scratch"), "nodeimage-*"));
    }

    [Fact]
    public void A_tool_that_is_not_there_is_told_of()
    {
        var error = Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Podman, null)).Diagnostic;
        Assert.Equal("NI3701", error.Code);
        Assert.Equal(new ItemReference("OSImageEngine", "Podman"), error.Subject);
    }

    [Fact]
    public void Cancellation_ends_the_tool_and_what_it_has_started()
    {
        using var cancellation = new CancellationTokenSource();
        var started = Path.Combine(_folder, "started");
        var compose = Task.Run(() => ComposeUntil(ImageEngineKind.Buildah, $"case \"$*\" in *' build '*) sleep 300 & echo $! > {started}.new; mv {started}.new {started}; wait ;; esac", cancellation.Token), TestContext.Current.CancellationToken);
        while (!File.Exists(started))
        {
            Thread.Sleep(20);
        }

        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => compose.GetAwaiter().GetResult());
        var child = $"/proc/{File.ReadAllText(started).Trim()}/cmdline";
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(child) || File.ReadAllText(child).Length == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void An_image_that_does_not_stand_on_its_base_is_refused()
    {
        MakeImage(Path.Combine(_folder, "other"), "other");
        var error = Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Buildah, $"case \"$*\" in *' push '*) cp -r {_folder}/other result ;; esac")).Diagnostic;
        Assert.Equal("NI3706", error.Code);
    }

    [Fact]
    public void What_was_built_is_held_to_the_rules_of_every_image()
    {
        MakeImage(Path.Combine(_folder, "same"), "base");
        var error = Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Buildah, $"case \"$*\" in *' push '*) cp -r {_folder}/same result ;; esac"));
        Assert.Contains(error.Diagnostics, diagnostic => diagnostic.Code.StartsWith("NI4", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public void A_secret_whose_file_is_missing_is_told_of_before_anything_runs()
    {
        var error = Assert.Throws<DiagnosticException>(() => Compose(ImageEngineKind.Podman, "exit 0", new ContainerBuildOptions { Secrets = [new BuildSecret("id", Path.Combine(_folder, "none"), "/run/x")] })).Diagnostic;
        Assert.Equal("NI3709", error.Code);
        Assert.Empty(Calls());
    }

    [Fact]
    public void A_base_needs_a_builder()
    {
        var error = Assert.Throws<DiagnosticException>(() => Engine(ImageEngineKind.Podman, "exit 0", new ContainerBuildOptions()).Compose(Request() with { Definition = Definition(ImageKind.Base), Base = null }, TestContext.Current.CancellationToken)).Diagnostic;
        Assert.Equal("NI3704", error.Code);
    }

    private static ImageDefinition Definition(ImageKind kind) => new() { Kind = kind, Name = "test", TargetFramework = "rhel9.6", Architecture = "x86_64", SourceDateEpoch = 1_767_225_600 };

    private OciImage Compose(ImageEngineKind kind, string? script, ContainerBuildOptions? options = null) =>
        Engine(kind, script, options ?? new ContainerBuildOptions()).Compose(Request(), TestContext.Current.CancellationToken);

    private OciImage ComposeUntil(ImageEngineKind kind, string script, CancellationToken cancellation) =>
        Engine(kind, script, new ContainerBuildOptions()).Compose(Request(), cancellation);

    private ContainerEngine Engine(ImageEngineKind kind, string? script, ContainerBuildOptions options)
    {
        var tool = Path.Combine(_folder, "tool");
        if (script is not null)
        {
            // Each argument is a line, with the folders of this test taken out, and each call ends with an empty one.
            File.WriteAllText(tool, $"""
                #!/bin/sh
                for argument; do echo "$argument"; done >> {_folder}/calls
                echo >> {_folder}/calls
                {script}

                """);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return new ContainerEngine(kind, options, new ContentCache(Path.Combine(_folder, "cache"), TimeProvider.System), tool);
    }

    private ComposeRequest Request() => new(Definition(ImageKind.Layered), new RpmLock { Request = "x" }, MakeImage(Path.Combine(_folder, "layout"), "base"))
    {
        ProjectFolder = _folder,
        OutputFolder = Output,
        ScratchFolder = Path.Combine(_folder, "scratch"),
        Report = _ => { },
    };

    // One layer, which is an empty archive but for what follows its end.
    private static OciImage MakeImage(string folder, string content)
    {
        var layout = new OciLayoutWriter(folder);
        var archive = new byte[1024 + (512 * content.Length)];
        var layer = layout.Add(MediaTypes.Layer, archive);
        var config = layout.Add(MediaTypes.Config, new ImageConfig { Platform = new Platform("amd64"), DiffIds = [layer.Digest] }.Write());
        var manifest = layout.Add(MediaTypes.Manifest, new ImageManifest(config, [layer]).Write()) with { Platform = new Platform("amd64") };
        layout.Commit([manifest], new HashSet<Core.Digests.Sha256Digest> { layer.Digest, config.Digest, manifest.Digest });
        return OciLayout.Open(folder).ReadImage();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private List<string[]> Calls()
    {
        var path = Path.Combine(_folder, "calls");
        var scratch = Path.Combine(_folder, "scratch") + "/";
        return !File.Exists(path) ? [] : [.. File.ReadAllText(path).TrimEnd('\n').Split("\n\n").Select(call => call.Split('\n')
            .Select(argument => argument.Contains("/nodeimage-", StringComparison.Ordinal) && !argument.Contains(',', StringComparison.Ordinal) && !argument.StartsWith(scratch + "store", StringComparison.Ordinal) && Path.GetFileName(argument).StartsWith("nodeimage-", StringComparison.Ordinal) ? "RUN" : argument.Replace(scratch, "", StringComparison.Ordinal))
            .ToArray())];
    }
}
