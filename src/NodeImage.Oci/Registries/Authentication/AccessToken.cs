namespace NodeImage.Oci.Registries.Authentication;

/// <summary>A bearer token, and until when it may be used.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset Until);
