namespace NodeImage.Oci.Registries.Credentials;

/// <summary>What proves to a registry who we are: a user name with a password, or one of the tokens. It never shows in text.</summary>
public sealed class RegistryCredential
{
    // In the place of a user's name it says that the password is an identity token: docker-credential-helpers and .NET SDK.
    private const string TokenUser = "<token>";

    private RegistryCredential(string? userName, string? password, string? identityToken, string? registryToken)
    {
        UserName = userName;
        Password = password;
        IdentityToken = identityToken;
        RegistryToken = registryToken;
    }

    /// <summary>The user's name; null with a token.</summary>
    public string? UserName { get; }

    /// <summary>The password; null with a token.</summary>
    public string? Password { get; }

    /// <summary>An OAuth 2 refresh token, for which the token service gives access tokens; null otherwise.</summary>
    public string? IdentityToken { get; }

    /// <summary>A bearer token that goes to the registry as it is; null otherwise.</summary>
    public string? RegistryToken { get; }

    /// <summary>What a name and a secret mean that were kept together.</summary>
    /// <param name="userName">The name; <c>&lt;token&gt;</c> where the secret is an identity token.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>The credential.</returns>
    public static RegistryCredential Of(string userName, string secret) => userName == TokenUser ? OfIdentityToken(secret) : OfPassword(userName, secret);

    /// <summary>A user name with a password.</summary>
    /// <param name="userName">The name.</param>
    /// <param name="password">The password.</param>
    /// <returns>The credential.</returns>
    public static RegistryCredential OfPassword(string userName, string password) => new(userName, password, null, null);

    /// <summary>An OAuth 2 refresh token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The credential.</returns>
    public static RegistryCredential OfIdentityToken(string token) => new(null, null, token, null);

    /// <summary>A bearer token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The credential.</returns>
    public static RegistryCredential OfRegistryToken(string token) => new(null, null, null, token);
}
