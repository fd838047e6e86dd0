using System.Collections.Immutable;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>A request that can be made any number of times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Repository">The repository that it is about.</param>
/// <param name="Address">An absolute address, or one relative to the registry's.</param>
/// <param name="Scopes">What the token must allow, as <c>repository:NAME:ACTIONS</c>.</param>
/// <param name="What">What is asked for, in words that fit after "access to".</param>
internal sealed record RegistryRequest(HttpMethod Method, RegistryRepository Repository, string Address, ImmutableArray<string> Scopes, string What)
{
    /// <summary>Makes the body anew, or null.</summary>
    public Func<StallGuard, HttpContent>? Content { get; init; }

    /// <summary>The media types that are accepted.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>The first byte that is wanted.</summary>
    public long? From { get; init; }

    public static string PullScope(RegistryRepository repository) => $"repository:{repository.Name}:pull";

    public static string PushScope(RegistryRepository repository) => $"repository:{repository.Name}:pull,push";
}
