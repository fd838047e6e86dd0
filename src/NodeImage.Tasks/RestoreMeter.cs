using System.Globalization;
using NodeImage.Compose.Restoring;

namespace NodeImage.Tasks;

/// <summary>Says now and then how far a restore is.</summary>
/// <param name="say">Takes a line.</param>
internal sealed class RestoreMeter(Action<string> say) : IProgress<RestoreProgress>
{
    private const long Step = 64L << 20;

    private readonly Lock _lock = new();
    private long _next;

    /// <inheritdoc/>
    public void Report(RestoreProgress value)
    {
        switch (value.Phase)
        {
            case RestorePhase.ReadingRepositories:
                say($"Reading the metadata of {value.Subject}");
                break;
            case RestorePhase.Choosing:
                say(string.Create(CultureInfo.InvariantCulture, $"Choosing among {value.Packages} packages"));
                break;
            default:
                Fetched(value);
                break;
        }
    }

    private void Fetched(RestoreProgress value)
    {
        lock (_lock)
        {
            if (_next == 0)
            {
                _next = Step;
                say(string.Create(CultureInfo.InvariantCulture, $"Fetching {value.Packages} packages, {Sizes.Text(value.Bytes)}"));
            }
            else if (value.FetchedBytes >= _next && value.FetchedPackages < value.Packages)
            {
                _next = value.FetchedBytes - (value.FetchedBytes % Step) + Step;
                say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Sizes.Text(value.FetchedBytes)} of {Sizes.Text(value.Bytes)} fetched, {value.Packages - value.FetchedPackages} of {value.Packages} packages are left{(value.Subject is null ? "" : $"; the last was {value.Subject}")}"));
            }
        }
    }
}
