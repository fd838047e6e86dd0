using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries;

/// <summary>
/// What a user's environment says about registries: the .NET SDK's own variables, and the files of Docker and Podman. The
/// environment comes as values; nothing of it is read here.
/// </summary>
public sealed record RegistryEnvironment
{
    // The names of today, and those from before .NET SDK 8.0.400.
    private static readonly ImmutableArray<string> Prefixes = ["DOTNET_CONTAINER", "SDK_CONTAINER"];

    /// <summary>Gives the value of an environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>The folder that relative paths in variables start from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The item or property at which diagnostics are shown, or null.</summary>
    public ItemReference? Subject { get; init; }

    /// <summary>
    /// The files that may hold credentials, in the order in which they are looked into: <c>REGISTRY_AUTH_FILE</c>; Docker's
    /// <c>config.json</c> in <c>DOCKER_CONFIG</c>; Podman's <c>auth.json</c> of this session and of the user; Docker's own place.
    /// </summary>
    public ImmutableArray<string> CredentialFiles =>
    [
        .. ((string?[])
        [
            Value("REGISTRY_AUTH_FILE"),
            In(Value("DOCKER_CONFIG"), "config.json"),
            In(Value("XDG_RUNTIME_DIR"), "containers", "auth.json"),
            In(Value("XDG_CONFIG_HOME") ?? Path.Combine(HomeFolder, ".config"), "containers", "auth.json"),
            Value("DOCKER_CONFIG") is null ? In(HomeFolder, ".docker", "config.json") : null,
        ]).OfType<string>().Select(path => Path.GetFullPath(path, WorkingFolder)),
    ];

    /// <summary>Settings for dealing with registries.</summary>
    /// <param name="registry">The only registry that sees the credentials which variables hold, or null for none.</param>
    /// <param name="forPush">Whether an image is pushed there, for which there are variables of their own, or pulled.</param>
    /// <param name="time">Measures pauses.</param>
    /// <param name="random">Spreads them.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="DiagnosticException"><c>DOTNET_CONTAINER_INSECURE_REGISTRIES</c> names something else than registries (NI5104).</exception>
    public RegistryOptions Options(RegistryName? registry, bool forPush, TimeProvider time, Random random)
    {
        var defaults = new RegistryOptions { Time = time, Random = random };
        return defaults with
        {
            Subject = Subject,
            Credentials = new CredentialChain(
            [
                new FixedCredentials(registry, FromVariables(forPush)),
                new DockerConfigCredentials(CredentialFiles, ProgramFolders(), time, Subject),
            ]),
            InsecureRegistries = [.. Names("DOTNET_CONTAINER_INSECURE_REGISTRIES").Select(name => RegistryName.Parse(name, Subject))],
            BlobsAtOnce = bool.TryParse(Either("_REGISTRY_PARALLEL_UPLOAD"), out var parallel) && !parallel ? 1 : defaults.BlobsAtOnce,
            ChunkSize = long.TryParse(Either("_REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null,
        };
    }

    private RegistryCredential? FromVariables(bool forPush)
    {
        string[] stems = [$"DOTNET_CONTAINER_{(forPush ? "PUSH" : "PULL")}_REGISTRY", .. Prefixes.Select(prefix => $"{prefix}_REGISTRY")];
        foreach (var stem in stems)
        {
            if (Value($"{stem}_UNAME") is { } user && Value($"{stem}_PWORD") is { } password)
            {
                return RegistryCredential.Of(user, password);
            }
        }

        return null;
    }

    private IEnumerable<string> Names(string variable) =>
        (Value(variable) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private ImmutableArray<string> ProgramFolders() =>
        [.. (Value("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)];

    private string? Either(string rest) => Prefixes.Select(prefix => Value(prefix + rest)).FirstOrDefault(value => value is not null);

    private string? Value(string name) => Variable(name) is { Length: > 0 } value ? value : null;

    private static string? In(string? folder, params string[] rest) => folder is null ? null : Path.Combine([folder, .. rest]);
}
