using NodeImage.Compose.SystemDatabases.HardwareDatabase;

namespace NodeImage.Compose.Scriptlets;

/// <summary>The system-wide databases that scriptlets have asked for. They ask often; each is made once.</summary>
internal sealed record SystemDatabaseRequests
{
    /// <summary>Whether the cache of shared libraries is wanted.</summary>
    public bool Libraries { get; init; }

    /// <summary>The kernels whose module indexes are wanted, by release, sorted.</summary>
    public IReadOnlyList<string> Kernels { get; init; } = [];

    /// <summary>The hardware databases that are wanted, in the order of asking, the last of each place.</summary>
    public IReadOnlyList<HardwareDatabaseRequest> Hardware { get; init; } = [];

    /// <summary>The same with a kernel more.</summary>
    public SystemDatabaseRequests With(string kernelRelease) => this with { Kernels = [.. Kernels.Append(kernelRelease).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };

    /// <summary>The same with a hardware database more.</summary>
    public SystemDatabaseRequests With(HardwareDatabaseRequest request) => this with { Hardware = [.. Hardware.Where(other => other.InUsr != request.InUsr), request] };
}
