using NodeImage.Core.Diagnostics;

namespace NodeImage.Core.Tests.Diagnostics;

/// <summary>Warnings that are made errors stop the work before anything is written, and not earlier.</summary>
public sealed class WarningGateTests
{
    private static readonly DiagnosticDescriptor Warning = new("NI9001", "A warning", "The {0}.", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Error = new("NI9002", "An error", "The {0}.");

    private readonly List<string> _reported = [];

    [Fact]
    public void What_is_no_error_goes_through()
    {
        var gate = new WarningGate(_ => false, diagnostic => _reported.Add(diagnostic.Code));
        gate.Report(Warning.At(null, "one"));
        gate.Pass();
        Assert.Equal(["NI9001"], _reported);
    }

    [Fact]
    public void What_is_made_an_error_is_told_at_the_gate_all_at_once()
    {
        var gate = new WarningGate(code => code == "NI9001", diagnostic => _reported.Add(diagnostic.Code));
        gate.Report(Warning.At(null, "one"));
        gate.Report(Warning.At(null, "two"));
        Assert.Empty(_reported);
        Assert.Equal(["The one.", "The two."], Assert.Throws<DiagnosticException>(gate.Pass).Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void Where_the_work_fails_before_it_is_told_with_the_failure()
    {
        var gate = new WarningGate(_ => true, diagnostic => _reported.Add(diagnostic.Code));
        var failure = Assert.Throws<DiagnosticException>(() => gate.Run<int>(() =>
        {
            gate.Report(Warning.At(null, "one"));
            throw Error.Error(null, "two");
        }));
        Assert.Equal(["NI9002", "NI9001"], failure.Diagnostics.Select(diagnostic => diagnostic.Code));
    }
}
