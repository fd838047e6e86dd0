namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>Keys that sign nothing that anybody trusts.</summary>
internal static class SigningKey
{
    /// <summary>Makes a key.</summary>
    /// <param name="file">Where its public half goes, armored.</param>
    /// <returns>The file.</returns>
    public static string Make(string file)
    {
        Command.Require("gpg");

        // The agent's socket must have a short path.
        var home = Directory.CreateTempSubdirectory("key").FullName;
        try
        {
            Command.Run("gpg", "--homedir", home, "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "Nobody <nobody@example.com>", "rsa2048", "sign").Succeeded();
            Command.Run("gpg", "--homedir", home, "--batch", "--armor", "--output", file, "--export").Succeeded();
            return file;
        }
        finally
        {
            Command.Run("gpgconf", "--homedir", home, "--kill", "all");
            Directory.Delete(home, recursive: true);
        }
    }
}
