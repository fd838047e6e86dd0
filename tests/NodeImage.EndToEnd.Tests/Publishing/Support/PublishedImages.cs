using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;
using NodeImage.Tests.Shared.Registries;

namespace NodeImage.EndToEnd.Tests.Publishing.Support;

/// <summary>A small base that has been built, and registries that are started where a test needs them: once for all tests of publishing.</summary>
public sealed class PublishedImages : IDisposable
{
    private readonly Lazy<ScratchProject> _project;
    private readonly Lazy<TestRegistry> _registry;
    private readonly Lazy<TestRegistry> _secured;

    public PublishedImages()
    {
        _project = new Lazy<ScratchProject>(() =>
        {
            var project = ScratchProject.MakeWithBase("publishing");
            project.Build("base").Succeeded();
            return project;
        });
        _registry = new Lazy<TestRegistry>(() => TestRegistry.Start(Path.Combine(Project.Folder, "registry")));
        _secured = new Lazy<TestRegistry>(() => TestRegistry.Start(Path.Combine(Project.Folder, "secured"), secured: true));
    }

    internal ScratchProject Project => _project.Value;

    /// <summary>A registry without TLS.</summary>
    internal TestRegistry Registry => _registry.Value;

    /// <summary>A registry that demands TLS and a password.</summary>
    internal TestRegistry Secured => _secured.Value;

    /// <summary>Publishes the base as it was built.</summary>
    internal CommandResult Publish(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        Project.Run("publish", "base", ["-c", "Debug", "--no-build", .. arguments], environment);

    /// <summary>What Skopeo says of an image in the registry without TLS.</summary>
    internal JsonNode Inspect(string image, params IEnumerable<string> options)
    {
        Command.Require("skopeo");
        return JsonNode.Parse(Command.Run("skopeo", ["inspect", "--tls-verify=false", .. options, $"docker://{Registry.Name}/{image}"]).Succeeded())!;
    }

    /// <summary>The one error of a command that must fail without a stack trace.</summary>
    internal static BuildError Refused(CommandResult result)
    {
        Assert.NotEqual(0, result.Status);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
        return Assert.Single(BuildError.Parse(result.Output));
    }

    public void Dispose()
    {
        foreach (var server in (Lazy<TestRegistry>[])[_registry, _secured])
        {
            if (server.IsValueCreated)
            {
                server.Value.Dispose();
            }
        }
    }
}
