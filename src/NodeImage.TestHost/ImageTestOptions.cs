using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace NodeImage.TestHost;

/// <summary>Our own options: what is tested, and <c>--filter</c> with the conditions that <c>dotnet test</c> has always taken for it.</summary>
internal sealed class ImageTestOptions : ICommandLineOptionsProvider
{
    /// <summary>Files that the target <c>WriteImageTestSettings</c> has written, one an image.</summary>
    public const string Images = "image-tests";

    /// <summary>Which tests are run.</summary>
    public const string Filter = "filter";

    public string Uid => "NodeImage.TestHost.Options";

    public string Version => "1.0.0";

    public string DisplayName => "Tests of images";

    public string Description => "Says which images are tested, and by which tests";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(Images, "The images: files that a build has written. An image's project names them.", ArgumentArity.OneOrMore, isHidden: true),
        new(Filter, "Runs only tests whose name fits: Name~text, Name=text, joined by & and |.", ArgumentArity.ExactlyOne, isHidden: false),
    ];

    // What is wrong with their arguments is told as a result: "dotnet test" shows those, but not why a program would not start.
    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) => ValidationResult.ValidTask;

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;
}
