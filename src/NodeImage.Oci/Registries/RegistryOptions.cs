using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries;

/// <summary>How we deal with registries.</summary>
public sealed record RegistryOptions
{
    /// <summary>Measures pauses and stalls, and tells when tokens expire.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Spreads the pauses, so that many builds do not come back at once. It need not be safe for several threads.</summary>
    public required Random Random { get; init; }

    /// <summary>Where credentials come from.</summary>
    public ICredentialSource Credentials { get; init; } = FixedCredentials.None;

    /// <summary>Registries that may be spoken to without TLS, as those on this machine may, or with a certificate that nobody vouches for.</summary>
    public ImmutableArray<RegistryName> InsecureRegistries { get; init; } = [];

    /// <summary>Authorities whose certificates are accepted besides those that the platform trusts.</summary>
    public ImmutableArray<X509Certificate2> CertificateAuthorities { get; init; } = [];

    /// <summary>The item or property at which diagnostics are shown, or null.</summary>
    public ItemReference? Subject { get; init; }

    /// <summary>How often something is tried before it has failed.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How many blobs are on their way at once.</summary>
    public int BlobsAtOnce { get; init; } = 4;

    /// <summary>How long bytes may stand still on their way.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a registry may think before it answers. Many copy a blob once it has come.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Blobs up to this size, in bytes, are sent in one request; larger ones so that a broken upload can be gone on with.</summary>
    public long SingleRequestLimit { get; init; } = 4 << 20;

    /// <summary>The size of an upload's chunks in bytes; null sends all in one, as most tools do.</summary>
    public long? ChunkSize { get; init; }

    /// <summary>The most bytes that the layers of an image may have to be pulled.</summary>
    public long LargestImage { get; init; } = 64L << 30;

    internal bool MayBePlain(string host, int? port) =>
        RegistryName.TryParse(port is null ? host : FormattableString.Invariant($"{host}:{port}"), out var name) && (name.IsLoopback || InsecureRegistries.Contains(name));
}
