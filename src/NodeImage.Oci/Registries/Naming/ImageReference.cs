using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;

namespace NodeImage.Oci.Registries.Naming;

/// <summary>Names an image in a registry: <c>registry/repository:tag@digest</c>.</summary>
public sealed partial record ImageReference
{
    private const string DefaultTag = "latest";

    private ImageReference(RegistryRepository repository, string? tag, Sha256Digest? digest)
    {
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The repository.</summary>
    public RegistryRepository Repository { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; }

    /// <summary>The digest, or null. Where there is one, it decides, whatever the tag says.</summary>
    public Sha256Digest? Digest { get; }

    /// <summary>What the registry is asked for: the digest, else the tag, else <c>latest</c>.</summary>
    public string Target => Digest?.ToString() ?? Tag ?? DefaultTag;

    /// <summary>Whether a text is a tag by the grammar of the OCI distribution specification.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it is.</returns>
    public static bool IsTag(string text) => TagGrammar().IsMatch(text);

    /// <summary>Names an image by tag.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="subject">The item or property that it comes from, for diagnostics.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="DiagnosticException">It is no tag.</exception>
    public static ImageReference OfTag(RegistryRepository repository, string tag, ItemReference? subject = null) =>
        IsTag(tag) ? new ImageReference(repository, tag, null) : throw RegistryDiagnostics.TagInvalid.Error(subject, tag);

    /// <summary>Names an image by digest.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="digest">Its digest.</param>
    /// <returns>The reference.</returns>
    public static ImageReference OfDigest(RegistryRepository repository, Sha256Digest digest) => new(repository, null, digest);

    /// <summary>Reads a reference. What stands before the first <c>/</c> is a registry where it has a dot or a port or is
    /// <c>localhost</c>; else the image is Docker Hub's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">The item or property that it comes from, for diagnostics.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="DiagnosticException">It names no image.</exception>
    public static ImageReference Parse(string text, ItemReference? subject = null)
    {
        var rest = text;
        Sha256Digest? digest = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is var at and >= 0)
        {
            var written = rest[(at + 1)..];
            if (!Sha256Digest.TryParse(written, out var parsed) || parsed.ToString() != written)
            {
                throw RegistryDiagnostics.NameInvalid.Error(subject, text, "what follows the '@' is not 'sha256:' and 64 hexadecimal digits in small letters.");
            }

            digest = parsed;
            rest = rest[..at];
        }

        string? tag = null;
        if (rest.LastIndexOf(':') is var colon && colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
            if (!IsTag(tag))
            {
                throw RegistryDiagnostics.TagInvalid.Error(subject, tag);
            }
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : rest[..slash];
        var hasRegistry = first == "localhost" || first.AsSpan().ContainsAny('.', ':', '[');
        var registry = RegistryName.Parse(hasRegistry ? first : RegistryName.DockerHub, subject);
        return new ImageReference(RegistryRepository.Create(registry, hasRegistry ? rest[(slash + 1)..] : rest, subject), tag, digest);
    }

    /// <summary>The reference with all its parts.</summary>
    /// <returns>The text, such as <c>registry.example.com/team/node:9.6</c>.</returns>
    public override string ToString() => $"{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    // OCI distribution specification 1.1, "Pulling manifests": <reference> as a tag.
    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagGrammar();
}
