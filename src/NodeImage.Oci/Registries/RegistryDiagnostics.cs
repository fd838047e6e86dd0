using NodeImage.Core.Diagnostics;

namespace NodeImage.Oci.Registries;

/// <summary>What can go wrong between us and a registry.</summary>
public static class RegistryDiagnostics
{
    /// <summary>No connection, or a registry that is out of order. Arguments: the registry, what is wrong.</summary>
    public static readonly DiagnosticDescriptor Unreachable = new(
        "NI5101",
        "Registry cannot be reached",
        "The registry '{0}' cannot be reached: {1} Check its name, its certificate and the network, and try again; a registry without TLS must be listed as insecure.");

    /// <summary>The registry wants credentials, or does not know the ones it was given. Arguments: what was asked for, what is wrong.</summary>
    public static readonly DiagnosticDescriptor CredentialsRefused = new(
        "NI5102",
        "Registry refuses the credentials",
        "The registry wants valid credentials for {0}: {1} Log in to it with 'podman login' or 'docker login', and try again.");

    /// <summary>The account is known and may not do this. Arguments: what was asked for, what the registry says.</summary>
    public static readonly DiagnosticDescriptor Denied = new(
        "NI5103",
        "Registry denies access",
        "The registry denies access to {0}: {1} Ask its owner for the right to do this, or use another account or repository.");

    /// <summary>A name that is no image's, repository's or registry's. Arguments: the name, what is wrong.</summary>
    public static readonly DiagnosticDescriptor NameInvalid = new(
        "NI5104",
        "Not the name of an image",
        "'{0}' is not the name of an image or of its repository or registry: {1} Write it like 'registry.example.com/team/node:9.6'.");

    /// <summary>A text that is no tag. Arguments: the text.</summary>
    public static readonly DiagnosticDescriptor TagInvalid = new(
        "NI5105",
        "Not a tag",
        "'{0}' is not a tag: a tag has up to 128 letters, digits, '_', '.' and '-', and begins with none of the last two. Correct it.");

    /// <summary>Content has another digest or size than it should have. Arguments: what it is, what is wrong.</summary>
    public static readonly DiagnosticDescriptor DigestMismatch = new(
        "NI5106",
        "Digest mismatch between us and the registry",
        "What was transferred for {0} is not what its digest says: {1} Try again; where that does not help, the registry or a proxy before it changes or damages content.");

    /// <summary>The registry has no such blob, manifest or repository. Arguments: what was asked for, what the registry says.</summary>
    public static readonly DiagnosticDescriptor Unknown = new(
        "NI5107",
        "Not in the registry",
        "The registry does not have {0}: {1} Check repository, tag and digest; some registries say this, too, where one has to log in first.");

    /// <summary>Too many requests. Arguments: what was asked for, what the registry says.</summary>
    public static readonly DiagnosticDescriptor RateLimited = new(
        "NI5108",
        "Registry limits the rate",
        "The registry was asked too often, at last for {0}: {1} Wait, or log in with an account that may ask more often.");

    /// <summary>An answer that does not follow the specification. Arguments: the registry, what is wrong.</summary>
    public static readonly DiagnosticDescriptor AnswerMalformed = new(
        "NI5109",
        "Registry's answer is malformed",
        "The registry '{0}' answers in a way that the OCI distribution specification does not have: {1} Check that the name is a registry's, and not a web site's or a proxy's.");

    /// <summary>The registry does not want what it was sent. Arguments: what was asked for, what the registry says.</summary>
    public static readonly DiagnosticDescriptor Refused = new(
        "NI5110",
        "Registry refuses a request",
        "The registry refuses the request for {0}: {1} What it says tells what to change; a registry may also be read-only or full.");

    /// <summary>A file with credentials makes no sense. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor CredentialsMalformed = new(
        "NI5111",
        "Credentials cannot be read",
        "The file '{0}' with credentials for registries cannot be read: {1} Correct it, or log in anew with 'podman login' or 'docker login'.");

    /// <summary>A credential helper did not do its work. Arguments: the helper, the registry, what is wrong.</summary>
    public static readonly DiagnosticDescriptor CredentialHelperFailed = new(
        "NI5112",
        "Credential helper failed",
        "The credential helper '{0}' gives no credentials for '{1}': {2} Run it by hand, or take it out of 'credHelpers' and 'credsStore'.");

    /// <summary>A file with certificates makes no sense. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor CertificatesMalformed = new(
        "NI5113",
        "Certificates cannot be read",
        "The file '{0}' with the certificates of trusted authorities cannot be read: {1} It should hold one or more in PEM, from '-----BEGIN CERTIFICATE-----' on.");

    /// <summary>An image from a registry is too large. Arguments: the image, its size, the limit.</summary>
    public static readonly DiagnosticDescriptor ImageTooLarge = new(
        "NI5114",
        "Image is too large",
        "The image {0} announces {1} bytes, where {2} are the most that are pulled. Check that it is the one that you want.");
}
