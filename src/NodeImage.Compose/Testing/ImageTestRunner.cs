using System.Globalization;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Lints;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Sandboxes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Testing;

/// <summary>Tests a finished image: by the lints that every image is held to, and by the project's scripts, which run inside it.</summary>
/// <param name="cache">Keeps what has been read of the image's layers.</param>
/// <param name="time">Measures how long tests take.</param>
public sealed class ImageTestRunner(ContentCache cache, TimeProvider time)
{
    private const string ScriptPath = "/var/tmp/image-test";

    /// <summary>Lists the tests that would be run.</summary>
    /// <param name="request">What is to be tested.</param>
    /// <returns>Their names, in order.</returns>
    public static IReadOnlyList<string> List(ImageTestRequest request) =>
        [.. LintList.All.Select(NameOf).Concat(request.Scripts.Select(script => script.File.Path)).Where(request.Filter.Takes)];

    /// <summary>Runs the tests. A script that changes the image does so for those after it, too, but never in the image itself.</summary>
    /// <param name="request">What is to be tested.</param>
    /// <param name="started">Hears each result as soon as it is there.</param>
    /// <param name="cancellation">Ends whatever runs.</param>
    /// <returns>The results, in the tests' order.</returns>
    /// <exception cref="DiagnosticException">The image is damaged.</exception>
    public IReadOnlyList<ImageTestResult> Run(ImageTestRequest request, Action<ImageTestResult> started, CancellationToken cancellation)
    {
        var context = Open(request, cancellation);
        var results = new List<ImageTestResult>();
        void Add(string name, Func<(Diagnostic?, string)> test)
        {
            cancellation.ThrowIfCancellationRequested();
            if (request.Filter.Takes(name))
            {
                var from = time.GetTimestamp();
                var (failure, output) = test();
                var result = new ImageTestResult(name, time.GetElapsedTime(from), failure, output);
                started(result);
                results.Add(result);
            }
        }

        foreach (var lint in LintList.All)
        {
            Add(NameOf(lint), () => Lint(lint, context));
        }

        using var sandbox = new LinuxSandbox(request.Sandbox, request.Definition.Architecture, context.Machine, () => { }, request.ScratchFolder, cancellation);
        foreach (var script in request.Scripts)
        {
            Add(script.File.Path, () => Execute(sandbox, script, request.ProjectFolder));
        }

        return results;
    }

    private static string NameOf(IImageLint lint) => $"{lint.Rule.Code}: {lint.Rule.Title}";

    private ComposeContext Open(ImageTestRequest request, CancellationToken cancellation)
    {
        var tree = ComposeInputs.ReadTree(request.Image, cache, cancellation).Clone();
        return new ComposeContext
        {
            Definition = request.Definition,
            ProjectFolder = request.ProjectFolder,
            Machine = new ScriptletMachine(tree, new AccountDatabase(tree), 0),
            Base = request.Base is null ? null : ComposeInputs.ReadTree(request.Base, cache, cancellation),
            Version = "",
            Report = _ => { },
        };
    }

    private static (Diagnostic?, string) Lint(IImageLint lint, ComposeContext context)
    {
        var found = lint.Check(context).ToList();
        var errors = found.Where(diagnostic => diagnostic.Descriptor.Severity == DiagnosticSeverity.Error).ToList();
        return (errors.FirstOrDefault(), string.Join('\n', found.Except(errors.Take(1))));
    }

    private static (Diagnostic?, string) Execute(LinuxSandbox sandbox, ImageTestScript script, string projectFolder)
    {
        var subject = new ItemReference("ImageTest", script.File.Path);
        if (sandbox.Unavailable is { } obstacle)
        {
            return (TestDiagnostics.NeedsSandbox.At(subject, script.File.Path, obstacle), "");
        }

        var result = sandbox.Run(new SandboxCommand([script.Interpreter, ScriptPath], "") { Script = (ScriptPath, script.File.Open(projectFolder).ReadAllBytes()) });
        var output = result.Output.Trim();
        return result.Status == 0
            ? (null, output)
            : (TestDiagnostics.ScriptFailed.At(subject, script.File.Path, result.Status.ToString(CultureInfo.InvariantCulture), output.Length == 0 ? "it said nothing." : output), output);
    }
}
