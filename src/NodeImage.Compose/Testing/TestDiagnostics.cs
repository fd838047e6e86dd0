using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Testing;

/// <summary>What tests of an image say.</summary>
public static class TestDiagnostics
{
    /// <summary>A script failed. Arguments: the script, its exit status, what it said.</summary>
    public static readonly DiagnosticDescriptor ScriptFailed = new(
        "NI4101",
        "A test of the image failed",
        "The test '{0}' ended with exit status {1}: {2}");

    /// <summary>A script cannot be run here. Arguments: the script, why.</summary>
    public static readonly DiagnosticDescriptor NeedsSandbox = new(
        "NI4102",
        "A test of the image cannot be run here",
        "The test '{0}' runs inside the image, in a sandbox, and {1}. Run dotnet test where a sandbox can be had, or leave the test out with --filter.");

    /// <summary>A filter cannot be understood. Arguments: the filter, the part.</summary>
    public static readonly DiagnosticDescriptor BadFilter = new(
        "NI4103",
        "The filter of tests cannot be understood",
        "The filter '{0}' cannot be understood at '{1}'. Tests of an image are chosen by Name, with =, !=, ~ and !~, joined by & and |: --filter \"Name~kubelet\".");

    /// <summary>A filter leaves no test. Arguments: the filter.</summary>
    public static readonly DiagnosticDescriptor NothingChosen = new(
        "NI4104",
        "The filter leaves no test of the image",
        "No test of the image fits the filter '{0}'. --list-tests shows their names.",
        DiagnosticSeverity.Warning);

    /// <summary>A logger is not known. Arguments: the logger.</summary>
    public static readonly DiagnosticDescriptor UnknownLogger = new(
        "NI4105",
        "This logger of tests is not known",
        "Tests of an image have no logger '{0}', so it writes nothing. Take trx (--logger trx, or --logger \"trx;LogFileName=image.trx\") or console.",
        DiagnosticSeverity.Warning);
}
