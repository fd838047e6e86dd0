using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>A file in the format that Docker's <c>config.json</c> and Podman's <c>auth.json</c> share: containers-auth.json(5).</summary>
internal sealed class DockerConfigFile
{
    private const int LargestFile = 1 << 20;

    private readonly string _path;
    private readonly ItemReference? _subject;
    private readonly Dictionary<string, JsonObject> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);

    private DockerConfigFile(string path, JsonObject json, ItemReference? subject)
    {
        _path = path;
        _subject = subject;
        foreach (var (key, value) in json["auths"] as JsonObject ?? [])
        {
            if (value is JsonObject entry)
            {
                _entries.TryAdd(Normalize(key), entry);
            }
        }

        foreach (var (key, helper) in OciJson.Strings(json["credHelpers"]))
        {
            _helpers.TryAdd(Normalize(key), helper);
        }

        Store = OciJson.OptionalText(json, "credsStore") is { Length: > 0 } store ? store : null;
    }

    /// <summary>The helper that keeps all credentials which have no other place, or null.</summary>
    public string? Store { get; }

    /// <summary>Reads a file.</summary>
    /// <returns>The file, or null where there is none.</returns>
    /// <exception cref="DiagnosticException">It makes no sense.</exception>
    public static DockerConfigFile? TryRead(string path, ItemReference? subject)
    {
        try
        {
            using var file = new BoundedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1), LargestFile);
            using var memory = new MemoryStream();
            file.CopyTo(memory);
            return memory.Length == 0 ? null : new DockerConfigFile(path, OciJson.Parse(memory.ToArray(), "file"), subject);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException e)
        {
            // A parser's message may quote the text, which is secret.
            throw RegistryDiagnostics.CredentialsMalformed.Error(subject, path, e.InnerException is null ? e.Message : "it is not JSON.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RegistryDiagnostics.CredentialsMalformed.Wrap(e, subject, path, e.Message);
        }
    }

    /// <summary>The helper for a key, or null.</summary>
    public string? Helper(string key) => _helpers.GetValueOrDefault(key) is { Length: > 0 } helper ? helper : null;

    /// <summary>The credential that stands in the file under a key, or null.</summary>
    /// <exception cref="DiagnosticException">It makes no sense.</exception>
    public RegistryCredential? Find(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (OciJson.OptionalText(entry, "registrytoken") is { Length: > 0 } registryToken)
        {
            return RegistryCredential.OfRegistryToken(registryToken);
        }

        if (OciJson.OptionalText(entry, "identitytoken") is { Length: > 0 } identityToken)
        {
            return RegistryCredential.OfIdentityToken(identityToken);
        }

        if (OciJson.OptionalText(entry, "auth") is { Length: > 0 } auth)
        {
            return Decode(auth) ?? throw RegistryDiagnostics.CredentialsMalformed.Error(_subject, _path, $"'auth' of '{key}' is not a user name and a password in Base64.");
        }

        return OciJson.OptionalText(entry, "username") is { Length: > 0 } user
            ? RegistryCredential.Of(user, OciJson.OptionalText(entry, "password") ?? "")
            : null;
    }

    // Old keys are addresses such as https://index.docker.io/v1/.
    private static string Normalize(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return key.TrimEnd('/');
        }

        var rest = key[(scheme + 3)..];
        return rest.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? rest[..slash] : rest;
    }

    private static RegistryCredential? Decode(string auth)
    {
        var bytes = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            ? RegistryCredential.Of(text[..colon], text[(colon + 1)..].TrimEnd('\0'))
            : null;
    }
}
