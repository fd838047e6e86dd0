using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>What rpm notes of an installation, besides the package itself.</summary>
public sealed record InstallationRecord
{
    /// <summary>When the package was installed, in seconds since 1970.</summary>
    public required uint Time { get; init; }

    /// <summary>The transaction that installed it, in seconds since 1970.</summary>
    public required uint Transaction { get; init; }

    /// <summary>The architectures that the system was made for, as <c>%_transaction_color</c>: 3 where 32-bit and 64-bit
    /// packages live side by side, else 0.</summary>
    public uint Color { get; init; }

    /// <summary>What became of each file, in the order of the file list; null where all are there.</summary>
    public IReadOnlyList<RpmFileState>? FileStates { get; init; }
}
