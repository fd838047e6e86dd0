using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Testing;

/// <summary>How a test of an image ended.</summary>
/// <param name="Name">The test's name: a script's path in the project, or a lint's code and title.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Failure">What is wrong, or null where the test passed.</param>
/// <param name="Output">What it had to say otherwise; empty for nothing.</param>
public sealed record ImageTestResult(string Name, TimeSpan Duration, Diagnostic? Failure, string Output)
{
    /// <summary>Whether the test passed.</summary>
    public bool Passed => Failure is null;
}
