using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

namespace NodeImage.TestHost;

/// <summary>Tells that results can be written as TRX.</summary>
internal sealed class ImageTestCapabilities : ITestFrameworkCapabilities, ITrxReportCapability
{
    public IReadOnlyCollection<ITestFrameworkCapability> Capabilities => [this];

    public bool IsSupported => true;

    public void Enable()
    {
        // What a report needs is told with each result anyway.
    }
}
