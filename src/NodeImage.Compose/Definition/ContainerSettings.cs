using System.Collections.Immutable;

namespace NodeImage.Compose.Definition;

/// <summary>What a project says about its image's configuration, in the words of the .NET SDK's containers.</summary>
public sealed record ContainerSettings
{
    /// <summary>Labels, beside and over those that every image of its kind has.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Environment variables.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Ports, as <c>80/tcp</c>.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    /// <summary>What always runs; empty for the kind's own.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>What runs unless something else is asked for; empty for the kind's own.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The user that it runs as, or null.</summary>
    public string? User { get; init; }

    /// <summary>The folder that it runs in, or null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How layers are compressed.</summary>
    public LayerCompressionKind Compression { get; init; }

    /// <summary>How hard they are compressed, or null for what serves best.</summary>
    public int? CompressionLevel { get; init; }
}
