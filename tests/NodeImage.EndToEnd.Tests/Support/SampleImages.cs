namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>The samples, built as the quick start builds them: once for all tests, in a copy of their own.</summary>
public sealed class SampleImages : IDisposable
{
    private const string Output = "bin/Release/rhel9.6/linux-x64";

    private readonly Lazy<string> _folder;
    private readonly Lazy<string> _nodeRoot;
    private readonly Lazy<string> _extensions;
    private readonly Lazy<string> _baseRoot;
    private readonly List<string> _unpacked = [];

    public SampleImages()
    {
        _folder = new Lazy<string>(Build);
        _baseRoot = new Lazy<string>(() => Unpack(BaseLayout));
        _nodeRoot = new Lazy<string>(() => Unpack(NodeLayout));
        _extensions = new Lazy<string>(() =>
        {
            DotNet.Run(_folder.Value, ["publish", "extensions"]).Succeeded();
            return Path.Combine(_folder.Value, "extensions", Output);
        });
    }

    /// <summary>The OCI layout of rhel-coreos-base.</summary>
    public string BaseLayout => Path.Combine(_folder.Value, "rhel-coreos-base", Output, "image");

    /// <summary>The OCI layout of the node image.</summary>
    public string NodeLayout => Path.Combine(_folder.Value, "node", Output, "image");

    /// <summary>The OCI layout of the extensions image.</summary>
    public string ExtensionsLayout => Path.Combine(_extensions.Value, "image");

    /// <summary>The published archive of the node image.</summary>
    public string NodeArchive => Path.Combine(_folder.Value, "node", Output, "publish", "node.ociarchive");

    /// <summary>The files of rhel-coreos-base as umoci unpacks them; for root only.</summary>
    public string BaseRoot => _baseRoot.Value;

    /// <summary>The files of the node image as umoci unpacks them; for root only.</summary>
    public string NodeRoot => _nodeRoot.Value;

    /// <summary>Unpacks an image by umoci.</summary>
    /// <returns>The root folder.</returns>
    public string Unpack(string layout)
    {
        Command.RequireRoot();
        Command.Require("umoci");
        var bundle = Directory.CreateTempSubdirectory("nodeimage-e2e-").FullName;
        _unpacked.Add(bundle);
        var target = Path.Combine(bundle, "bundle");
        Command.Run("umoci", "unpack", "--image", $"{layout}:latest", target).Succeeded();
        return Path.Combine(target, "rootfs");
    }

    public void Dispose()
    {
        foreach (var folder in _unpacked)
        {
            // Images have folders that nobody may write to, which is no obstacle for root's rm.
            Command.Run("rm", "-rf", "--one-file-system", folder);
        }
    }

    private static string Build()
    {
        Checkout.RequireFixtures();
        var folder = Checkout.MakeFolder("samples");
        Command.Run("cp", ["-r", .. Directory.GetFileSystemEntries(Path.Combine(Checkout.Root, "samples")).Where(path => !path.EndsWith("global.json", StringComparison.Ordinal)), folder]).Succeeded();
        foreach (var rest in Directory.GetDirectories(folder).SelectMany(project => (string[])[Path.Combine(project, "bin"), Path.Combine(project, "obj")]).Where(Directory.Exists))
        {
            Directory.Delete(rest, recursive: true);
        }

        DotNet.Run(folder, ["publish", "node"]).Succeeded();
        return folder;
    }
}
