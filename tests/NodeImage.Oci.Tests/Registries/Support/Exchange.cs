namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>A request as a server saw it.</summary>
internal sealed record Exchange(string Method, Uri Address, string? Authorization, string? Range, string? ContentRange)
{
    /// <summary>Method and path, such as <c>HEAD /v2/team/node/manifests/9.6</c>.</summary>
    public string Line => $"{Method} {Address.AbsolutePath}";

    public static Exchange Of(HttpRequestMessage request) => new(
        request.Method.Method,
        request.RequestUri!,
        request.Headers.Authorization?.ToString(),
        request.Headers.Range?.ToString(),
        request.Content?.Headers.NonValidated.TryGetValues("Content-Range", out var range) == true ? range.ToString() : null);
}
