using NodeImage.Core.Diagnostics;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>One attempt has failed; another may succeed.</summary>
/// <param name="final">What the user is told when no attempt is left.</param>
/// <param name="mayPass">Whether waiting may help.</param>
/// <param name="retryAfter">How long the registry asks us to wait, or null.</param>
internal sealed class RegistryFaultException(DiagnosticException final, bool mayPass = true, TimeSpan? retryAfter = null) : Exception(final.Message, final)
{
    public DiagnosticException Final => final;

    public bool MayPass => mayPass;

    public TimeSpan? RetryAfter => retryAfter;
}
