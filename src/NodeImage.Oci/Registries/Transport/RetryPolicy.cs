using System.Net;
using System.Runtime.ExceptionServices;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Decides how often and when something is tried again: pauses double, are spread by chance, and heed <c>Retry-After</c>.</summary>
internal sealed class RetryPolicy(RegistryOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // A registry may ask for hours; nobody waits that long for a build.
    private static readonly TimeSpan LongestAskedPause = TimeSpan.FromMinutes(2);

    private readonly Lock _random = new();

    /// <summary>Whether an answer says that the same request may succeed later.</summary>
    public static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || ((int)status >= 500 && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported));

    /// <summary>Tries something until it succeeds, or fails in earnest.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">It failed in earnest, or too often.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RegistryFaultException fault)
            {
                await PauseAsync(fault, failures, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="fault">Why the last one failed.</param>
    /// <param name="failures">How many have failed in a row.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">There is no next attempt.</exception>
    public Task PauseAsync(RegistryFaultException fault, int failures, CancellationToken cancellation)
    {
        if (failures >= options.Attempts || !fault.MayPass || fault.RetryAfter > LongestAskedPause)
        {
            ExceptionDispatchInfo.Throw(fault.Final);
        }

        var pause = FirstPause * Math.Pow(2, failures - 1);
        pause = (pause < LongestPause ? pause : LongestPause) * (0.5 + Chance());
        return Task.Delay(fault.RetryAfter > pause ? fault.RetryAfter.Value : pause, options.Time, cancellation);
    }

    private double Chance()
    {
        lock (_random)
        {
            return options.Random.NextDouble();
        }
    }
}
