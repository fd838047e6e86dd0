using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Turns answers that refuse something into diagnostics: OCI distribution specification 1.1, "Error Codes".</summary>
internal static class RegistryErrors
{
    private const int LargestBody = 1 << 16;
    private const int LongestText = 300;
    private const int MostErrors = 3;

    /// <summary>Says what an answer refuses.</summary>
    /// <param name="answer">The answer; its body is read.</param>
    /// <param name="what">What was asked for, such as <c>push to registry.example.com/team/node</c>.</param>
    /// <param name="options">Whose subject the diagnostic gets.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The diagnostic, to be thrown.</returns>
    public static async Task<DiagnosticException> DescribeAsync(RegistryAnswer answer, string what, RegistryOptions options, CancellationToken cancellation)
    {
        var errors = await ReadAsync(answer, cancellation).ConfigureAwait(false);
        var said = string.Create(CultureInfo.InvariantCulture, $"it answers {(int)answer.Status} ({answer.Status}){Text(errors)}.");
        if (answer.RetryAfter is { } wait)
        {
            said += string.Create(CultureInfo.InvariantCulture, $" It asks to wait for {Math.Ceiling(wait.TotalSeconds)} seconds.");
        }

        var descriptor = Descriptor(answer.Status, errors);
        return descriptor.Error(options.Subject, descriptor == RegistryDiagnostics.Unreachable ? answer.Registry : what, said);
    }

    /// <summary>Throws where an answer says that the same request may succeed later.</summary>
    /// <exception cref="RegistryFaultException">It says so.</exception>
    public static async Task ThrowIfPassingAsync(RegistryAnswer answer, string what, RegistryOptions options, CancellationToken cancellation)
    {
        if (RetryPolicy.MayPass(answer.Status))
        {
            var retryAfter = answer.RetryAfter;
            using (answer)
            {
                throw new RegistryFaultException(await DescribeAsync(answer, what, options, cancellation).ConfigureAwait(false), mayPass: true, retryAfter);
            }
        }
    }

    /// <summary>Takes from a registry's words what a terminal or a log could take for something else, and shortens them.</summary>
    public static string Clean(string text)
    {
        var clean = string.Concat(text.Where(IsPlain).Take(LongestText));
        return clean.Trim().TrimEnd('.');
    }

    private static bool IsPlain(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private static DiagnosticDescriptor Descriptor(HttpStatusCode status, List<(string Code, string Message)> errors)
    {
        // A code says more than the status, where there is one.
        foreach (var (code, _) in errors)
        {
            switch (code)
            {
                case "UNAUTHORIZED":
                    return status == HttpStatusCode.Forbidden ? RegistryDiagnostics.Denied : RegistryDiagnostics.CredentialsRefused;
                case "DENIED":
                    return RegistryDiagnostics.Denied;
                case "DIGEST_INVALID" or "SIZE_INVALID":
                    return RegistryDiagnostics.DigestMismatch;
                case "NAME_UNKNOWN" or "BLOB_UNKNOWN" or "MANIFEST_UNKNOWN" or "MANIFEST_BLOB_UNKNOWN" or "BLOB_UPLOAD_UNKNOWN":
                    return RegistryDiagnostics.Unknown;
                case "TOOMANYREQUESTS":
                    return RegistryDiagnostics.RateLimited;
            }
        }

        return status switch
        {
            HttpStatusCode.Unauthorized => RegistryDiagnostics.CredentialsRefused,
            HttpStatusCode.Forbidden => RegistryDiagnostics.Denied,
            HttpStatusCode.NotFound => RegistryDiagnostics.Unknown,
            HttpStatusCode.TooManyRequests => RegistryDiagnostics.RateLimited,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => RegistryDiagnostics.Unreachable,
            _ => RegistryDiagnostics.Refused,
        };
    }

    private static async Task<List<(string Code, string Message)>> ReadAsync(RegistryAnswer answer, CancellationToken cancellation)
    {
        try
        {
            var body = await answer.TryReadAllAsync(LargestBody, cancellation).ConfigureAwait(false);
            return body is null or { Length: 0 }
                ? []
                : [.. OciJson.Array(OciJson.Parse(body, "answer"), "errors").OfType<JsonObject>().Take(MostErrors).Select(error => (OciJson.OptionalText(error, "code") ?? "", OciJson.OptionalText(error, "message") ?? ""))];
        }
        catch (Exception e) when (e is InvalidDataException or RegistryFaultException)
        {
            // Proxies answer with web pages; the status has to do.
            return [];
        }
    }

    private static string Text(List<(string Code, string Message)> errors)
    {
        var text = string.Join("; ", errors.Select(error => Clean(error.Message.Length > 0 ? error.Message : error.Code)).Where(text => text.Length > 0));
        return text.Length == 0 ? "" : $": {text}";
    }
}
