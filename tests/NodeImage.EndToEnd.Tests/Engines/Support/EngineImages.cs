using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines.Support;

/// <summary>The sample node, composed by each engine from the same base. For root only: containers are built.</summary>
public sealed class EngineImages : IDisposable
{
    /// <summary>Where containers cannot be started, as in most of CI, steps are kept apart by another root folder.</summary>
    public const string Isolation = "Chroot";

    private const string Output = "bin/Release/rhel9.6/linux-x64";

    private readonly SampleImages _samples;
    private readonly Lazy<string> _folder;
    private readonly Dictionary<string, string> _layouts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);
    private readonly Lazy<string> _emitted;

    public EngineImages(SampleImages samples)
    {
        _samples = samples;
        _folder = new Lazy<string>(Copy);
        _emitted = new Lazy<string>(WriteContainerfile);
    }

    /// <summary>The layout of the base that all of them stand on.</summary>
    public string BaseLayout => _samples.BaseLayout;

    /// <summary>The folder that <c>EmitContainerfile</c> writes for the node.</summary>
    public string Containerfile => _emitted.Value;

    /// <summary>The layout of the node that an engine has composed.</summary>
    public string Layout(string engine)
    {
        if (engine == "Managed")
        {
            return _samples.NodeLayout;
        }

        if (!_layouts.TryGetValue(engine, out var layout))
        {
            Command.RequireRoot();
            Command.Require(engine.ToLowerInvariant());
            DotNet.Run(_folder.Value, ["build", Project(engine), "-c", "Release"]).Succeeded();
            layout = Path.Combine(_folder.Value, Name(engine), Output, "image");
            _layouts.Add(engine, layout);
        }

        return layout;
    }

    /// <summary>The files of the node that an engine has composed.</summary>
    public string Root(string engine)
    {
        if (engine == "Managed")
        {
            return _samples.NodeRoot;
        }

        if (!_roots.TryGetValue(engine, out var root))
        {
            root = _samples.Unpack(Layout(engine));
            _roots.Add(engine, root);
        }

        return root;
    }

    /// <summary>Unpacks a layout.</summary>
    public string Unpack(string layout) => _samples.Unpack(layout);

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
    }

    private static string Name(string engine) => $"node-{engine.ToLowerInvariant()}";

    private static string Project(string engine) => $"{Name(engine)}/node.osproj";

    // The node in a folder of its own for each engine; the base is the samples' own image.
    private string Copy()
    {
        var folder = Checkout.MakeFolder("engines");
        var samples = Path.Combine(Checkout.Root, "samples");
        foreach (var engine in (string[])["Buildah", "Podman"])
        {
            Command.Run("cp", "-r", Path.Combine(samples, "node"), Path.Combine(folder, Name(engine))).Succeeded();
            var project = Path.Combine(folder, Project(engine));
            var text = File.ReadAllText(project)
                .Replace("<OSImageKind>Layered</OSImageKind>", $"<OSImageKind>Layered</OSImageKind><OSImageEngine>{engine}</OSImageEngine><OSImageBuildIsolation>{Isolation}</OSImageBuildIsolation><ContainerBaseImage>{BaseLayout}</ContainerBaseImage>", StringComparison.Ordinal)
                .Replace("<ProjectReference Include=\"../rhel-coreos-base/rhel-coreos-base.osproj\" />", "", StringComparison.Ordinal);
            File.WriteAllText(project, text);
        }

        Command.Run("cp", ["-r", Path.Combine(samples, "node-ip"), .. Directory.GetFiles(samples, "*.props"), folder]).Succeeded();
        foreach (var rest in Directory.GetDirectories(folder).SelectMany(project => (string[])[Path.Combine(project, "bin"), Path.Combine(project, "obj")]).Where(Directory.Exists))
        {
            Directory.Delete(rest, recursive: true);
        }

        return folder;
    }

    private string WriteContainerfile()
    {
        var folder = Path.Combine(_folder.Value, "containerfile");
        DotNet.Run(_folder.Value, ["build", Project("Buildah"), "-restore", "-t:EmitContainerfile", "-c", "Release", $"-p:ContainerfileFolder={folder}"]).Succeeded();
        return folder;
    }
}
