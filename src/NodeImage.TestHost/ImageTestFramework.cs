using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;
using Microsoft.Testing.Platform.Services;
using NodeImage.Compose.Testing;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;

namespace NodeImage.TestHost;

/// <summary>Runs the tests of images, one image after the other, and tells the platform of each result as soon as it is there.</summary>
/// <param name="services">What the platform offers.</param>
internal sealed class ImageTestFramework(IServiceProvider services) : ITestFramework, IDataProducer
{
    public string Uid => "NodeImage.TestHost";

    public string Version => "1.0.0";

    public string DisplayName => "NodeImage.Sdk";

    public string Description => "Holds images to their rules, and runs scripts inside them";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) => Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) => Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        var request = (TestExecutionRequest)context.Request;
        Task Publish(TestNode node) => context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(request.Session.SessionUid, node));
        try
        {
            var filter = new ImageTestFilter(Option(ImageTestOptions.Filter).FirstOrDefault());
            var files = Option(ImageTestOptions.Images);
            foreach (var file in files)
            {
                var settings = ImageTestSettings.Read(File.ReadAllBytes(file));
                var tests = settings.Open(filter);
                var nodes = new ImageTestNodes(settings, tests.Definition, several: files.Length > 1);
                tests = tests with { Filter = tests.Filter.And(name => nodes.IsChosen(name, request.Filter)) };
                var found = request is DiscoverTestExecutionRequest
                    ? ImageTestRunner.List(tests).Select(nodes.Discovered).ToAsyncEnumerable()
                    : Run(settings, tests, context.CancellationToken).Select(nodes.Finished);
                await foreach (var node in found)
                {
                    await Publish(node);
                }
            }
        }
        catch (Exception e) when (e is DiagnosticException or IOException or UnauthorizedAccessException or JsonException)
        {
            await Publish(ImageTestNodes.Obstacle(e is DiagnosticException known ? string.Join('\n', known.Diagnostics) : e.Message));
        }
        finally
        {
            context.Complete();
        }
    }

    private string[] Option(string name) => services.GetCommandLineOptions().TryGetOptionArgumentList(name, out var arguments) ? arguments : [];

    private static async IAsyncEnumerable<ImageTestResult> Run(ImageTestSettings settings, ImageTestRequest tests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var results = Channel.CreateUnbounded<ImageTestResult>();
        var run = Task.Run(
            () =>
            {
                try
                {
                    new ImageTestRunner(new ContentCache(settings.CacheFolder, TimeProvider.System), TimeProvider.System).Run(tests, result => results.Writer.TryWrite(result), cancellation);
                }
                finally
                {
                    results.Writer.Complete();
                    if (Directory.Exists(settings.ScratchFolder))
                    {
                        Directory.Delete(settings.ScratchFolder, recursive: true);
                    }
                }
            },
            cancellation);
        await foreach (var result in results.Reader.ReadAllAsync(cancellation))
        {
            yield return result;
        }

        await run;
    }
}
